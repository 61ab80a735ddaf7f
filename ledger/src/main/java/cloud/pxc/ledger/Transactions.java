package cloud.pxc.ledger;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.function.Supplier;
import org.hibernate.Session;

/** One transaction a call, but for calls within one; and failures told apart: the database is away, or the call is wrong. */
@ApplicationScoped
class Transactions {

    /** Work with a connection of the transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final EntityManager entities;
    private final Opening opening;

    Transactions(EntityManager entities, Opening opening) {
        this.entities = entities;
        this.opening = opening;
    }

    <T> T sql(Work<T> work) {
        return call(() -> entities.unwrap(Session.class).doReturningWork(work::run));
    }

    <T> T call(Supplier<T> work) {
        opening.mustBeOpen();
        try {
            return QuarkusTransaction.joiningExisting().call(work::get);
        } catch (LedgerUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            if (isOutage(e)) {
                throw new LedgerUnavailable(e);
            }
            throw e;
        }
    }

    private static boolean isOutage(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof java.net.ConnectException) {
                return true;
            }
            if (cause instanceof SQLException sql && isOutage(sql.getSQLState(), sql.getMessage())) {
                return true;
            }
        }
        return false;
    }

    /** Classes of PostgreSQL's Appendix A: 08 connection, 53 out of resources, 57 operator intervention, 40 serialization. */
    private static boolean isOutage(String state, String message) {
        if (state != null) {
            var kind = state.substring(0, Math.min(2, state.length()));
            return kind.equals("08") || kind.equals("53") || kind.equals("57") || kind.equals("40");
        }
        // The pool's own failures carry no state.
        return message != null && message.contains("Acquisition timeout");
    }
}
