package cloud.pxc.operator.status;

/** What a reconciler concludes of an object after a pass; the message names the object, the fact and what to do. */
public sealed interface Verdict {

    Reason reason();

    String message();

    /** Everything is as declared. */
    record Ready(Reason reason, String message) implements Verdict {}

    /** On the way, nothing is wrong: a task runs, a secondary catches up. */
    record Progressing(Reason reason, String message) implements Verdict {}

    /** Something outside fails and is tried again by itself: weather, or a cause that somebody else can mend. */
    record Failing(Reason reason, String message) implements Verdict {}

    /** Nothing more will happen until a person changes something. */
    record Stalled(Reason reason, String message) implements Verdict {}
}
