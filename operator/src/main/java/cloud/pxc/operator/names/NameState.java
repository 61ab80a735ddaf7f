package cloud.pxc.operator.names;

import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.Serial;
import java.time.Duration;
import java.time.Instant;

/** How far an RRset is. */
sealed interface NameState {

    Publication publication(ServedZone zone, Fqdn name);

    /** Nothing is known of it yet. */
    record Unwritten() implements NameState {
        @Override
        public Publication publication(ServedZone zone, Fqdn name) {
            return new Publication.Pending(name + " is about to be written");
        }
    }

    /** The primary has it. */
    record Written(Serial serial, Instant started) implements NameState {
        @Override
        public Publication publication(ServedZone zone, Fqdn name) {
            return new Publication.Pending(
                    name + " is on the primary at serial " + serial + "; waiting for the secondaries to follow");
        }
    }

    /** Every server has it. */
    record Live(Serial serial, int servers, Duration after) implements NameState {
        @Override
        public Publication publication(ServedZone zone, Fqdn name) {
            return new Publication.Live(serial, servers, after);
        }
    }

    /** Somebody else's records are there. */
    record Collided(String message) implements NameState {
        @Override
        public Publication publication(ServedZone zone, Fqdn name) {
            return new Publication.Refused(message);
        }
    }

    /** It could not be written. */
    record Failing(Publication.Cause cause, String message) implements NameState {
        @Override
        public Publication publication(ServedZone zone, Fqdn name) {
            return new Publication.Failing(cause, message);
        }
    }
}
