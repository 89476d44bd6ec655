"""Jobs, as rows: their queue, their states, and what runners say of them."""
