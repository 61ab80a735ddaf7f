package cloud.pxc.dns;

/** What a name server, or the way to it, refused. The message is a sentence that says what to do. */
public abstract sealed class DnsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private DnsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public abstract boolean isTransient();

    /** No answer: connection refused, timed out, cut off. The call may or may not have been carried out. */
    public static final class Unreachable extends DnsException {
        private static final long serialVersionUID = 1L;

        Unreachable(ServerAddress server, Throwable cause) {
            super(
                    "name server " + server + " does not answer (" + describe(cause)
                            + "); check that it runs and that its address and port are right",
                    cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }

        private static String describe(Throwable cause) {
            return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
    }

    /** The key is unknown to the server, its secret differs, or the clocks do (RFC 8945 section 5.2). */
    public static final class NotAuthenticated extends DnsException {
        private static final long serialVersionUID = 1L;

        NotAuthenticated(String message) {
            super(message, null);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** The server does not serve the zone, or the key may not do this in it. */
    public static final class Refused extends DnsException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** What the update required to be there, or not, was otherwise; nothing was changed (RFC 2136 section 3.2). */
    public static final class PrerequisiteFailed extends DnsException {
        private static final long serialVersionUID = 1L;

        PrerequisiteFailed(String message) {
            super(message, null);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** The update does not fit into one message; nothing was sent. */
    public static final class TooLarge extends DnsException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message, null);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** The server could not do it now: SERVFAIL, a zone that is not loaded, a full disk. */
    public static final class ServerFailed extends DnsException {
        private static final long serialVersionUID = 1L;

        ServerFailed(String message) {
            super(message, null);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** The control channel said no, for a reason of its own. */
    public static final class ControlFailed extends DnsException {
        private static final long serialVersionUID = 1L;

        private final String answer;

        ControlFailed(String message) {
            this(message, "");
        }

        /** @param answer the server's own words */
        ControlFailed(String message, String answer) {
            super(message, null);
            this.answer = answer;
        }

        boolean says(String words) {
            return answer.contains(words);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }
}
