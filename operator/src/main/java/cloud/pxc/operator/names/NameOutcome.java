package cloud.pxc.operator.names;

/** What became of one step. */
sealed interface NameOutcome {

    /** The primary has it as wanted since this serial. */
    record Written(long serial) implements NameOutcome {}

    /** It is gone from the primary since this serial. */
    record Removed(long serial) implements NameOutcome {}

    /** Somebody else's records are there. */
    record Collided(String message) implements NameOutcome {}

    /** The server can't do this one, though it does others. */
    record Failed(Publication.Cause cause, String message) implements NameOutcome {}

    /**
     * The ledger has been brought in line with the server; the name has to be planned again.
     *
     * @param ours whether something of ours is there
     */
    record Again(boolean ours) implements NameOutcome {}
}
