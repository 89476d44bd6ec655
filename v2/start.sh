. /tmp/w/walk-scratch/env.sh
nohup .venv/bin/runyard server /tmp/w/walk-scratch/v2/data --port 18901 > /tmp/w/walk-scratch/v2/server.log 2>&1 &
echo $! > /tmp/w/walk-scratch/v2/server.pid
