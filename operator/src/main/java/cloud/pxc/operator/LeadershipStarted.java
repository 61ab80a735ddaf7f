package cloud.pxc.operator;

/**
 * CDI event: this process has become the leader and may act. Reconcilers are started by the framework; whatever else acts on
 * the outside world (informers of objects that are not ours, pollers, writers) starts when it observes this event.
 */
public record LeadershipStarted() {}
