//! Metrics of the meeting controller.
use metrics::{counter, gauge, histogram};

pub fn meetings(active: usize) {
    gauge!("mc_meetings_active").set(active as f64);
}

pub fn mailbox(actor: &'static str, depth: usize) {
    gauge!("mc_actor_mailbox_depth", "actor_type" => actor).set(depth as f64);
}

pub fn panic(actor: &'static str) {
    counter!("mc_actor_panics_total", "actor_type" => actor).increment(1);
}

pub fn join(status: &'static str, seconds: f64) {
    counter!("mc_session_joins_total", "status" => status).increment(1);
    histogram!("mc_session_join_duration_seconds", "status" => status).record(seconds);
}

pub fn heartbeat(status: &'static str, kind: &'static str) {
    // trap: labels over several lines
    counter!(
        "mc_gc_heartbeat_total",
        "status" => status,
        "heartbeat_type" => kind
    )
    .increment(1);
}

pub fn dropped() {
    // trap: a second place with another label: the metric has both
    counter!("mc_messages_dropped_total", "reason" => "full").increment(1);
    counter!("mc_messages_dropped_total", "reason" => "late", "actor_type" => "MeetingActor").increment(1);
}

// trap: counter!("mc_gone_total").increment(1); a comment emits nothing, and nobody asks for it

#[cfg(test)]
mod tests {
    #[test]
    fn counts() {
        metrics::counter!("mc_test_only_total").increment(1);
    }
}
