"""The endpoints of jobs: for people's programs, and for runners."""
