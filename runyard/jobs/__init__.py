"""Jobs: commands that Runyard runs by itself, with their code, environment, inputs and nodes."""
