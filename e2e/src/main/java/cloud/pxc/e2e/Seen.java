package cloud.pxc.e2e;

/** What a look at the cloud says of an expectation. */
sealed interface Seen {

    /** It is as expected. */
    record Yes(String detail) implements Seen {}

    /** It is not, so far. */
    record NotYet(String why) implements Seen {}

    static Seen yes(String detail) {
        return new Yes(detail);
    }

    static Seen notYet(String why) {
        return new NotYet(why);
    }
}
