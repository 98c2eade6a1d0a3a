CREATE TABLE IF NOT EXISTS meeting_controllers (
  controller_id varchar PRIMARY KEY,
  region text NOT NULL,
  health_status text CHECK (health_status IN ('healthy', 'draining')), -- trap: parentheses and commas within a column
  max_meetings int,
  current_meetings int,
  last_heartbeat_at timestamptz
);
CREATE TABLE meeting_assignments (
  assignment text,
  meeting_controller_id varchar REFERENCES meeting_controllers (controller_id),
  assigned_at timestamptz,
  PRIMARY KEY (assignment)
);
ALTER TABLE meeting_assignments ADD COLUMN ended_at timestamptz; -- trap: a column that came later
ALTER TABLE meeting_controllers RENAME COLUMN region TO zone;
