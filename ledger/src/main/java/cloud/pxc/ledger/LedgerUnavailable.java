package cloud.pxc.ledger;

/** The database can't be reached or can't take the call now. Nothing was changed; try again later. */
public final class LedgerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LedgerUnavailable(Throwable cause) {
        super(
                "The ledger (PostgreSQL) does not answer: " + rootMessage(cause)
                        + ". Names keep resolving and nothing is deleted; check the database and its address.",
                cause);
    }

    static String rootMessage(Throwable cause) {
        var root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
