package cloud.pxc.proxmox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Proxmox VE, or the way to it, refused, be it a call or a task; the kinds differ by what the caller can do. The message is
 * a sentence for a person: what was asked of whom, what was said, and what to do where that is known.
 */
public abstract sealed class ProxmoxException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String said;

    private ProxmoxException(Failure failure) {
        super(failure.sentence(), failure.cause());
        this.said = failure.said();
    }

    /** The words of Proxmox VE alone, or what was found on the way to it. */
    public String said() {
        return said;
    }

    /** What was asked for is not there. */
    public static final class NotFound extends ProxmoxException {
        private static final long serialVersionUID = 1;
        private final Thing thing;

        /** What can be missing. {@code PARAMETER}: something that a parameter names, such as a template. */
        public enum Thing {
            GUEST,
            NODE,
            STORAGE,
            VOLUME,
            SNAPSHOT,
            TASK,
            POOL,
            PARAMETER,
            HA_RESOURCE
        }

        NotFound(Failure failure, Thing thing) {
            super(failure);
            this.thing = thing;
        }

        public Thing thing() {
            return thing;
        }

        /**
         * Whether it is the guest itself that is not there, and not something it would have needed. It is not on the node that
         * was asked: it may have gone to another, which the inventory tells.
         */
        public boolean isGuest() {
            return thing == Thing.GUEST;
        }
    }

    /** The VMID or name is taken, perhaps by what an earlier call of ours made. */
    public static final class AlreadyExists extends ProxmoxException {
        private static final long serialVersionUID = 1;

        AlreadyExists(Failure failure) {
            super(failure);
        }
    }

    /** Somebody else works on it: worth trying again. */
    public static final class Locked extends ProxmoxException {
        private static final long serialVersionUID = 1;
        private final transient Optional<String> lock;

        Locked(Failure failure, Optional<String> lock) {
            super(failure);
            this.lock = lock;
        }

        /** The lock written down in the guest, such as {@code backup}; empty when a file was held for too long. */
        public Optional<String> lock() {
            return lock;
        }
    }

    /** The token may not do this: a person has to grant it; the message has the command. */
    public static final class Forbidden extends ProxmoxException {
        private static final long serialVersionUID = 1;
        private final transient Optional<String> path;
        private final transient List<String> privileges;

        Forbidden(Failure failure, Optional<String> path, List<String> privileges) {
            super(failure);
            this.path = path;
            this.privileges = List.copyOf(privileges);
        }

        /** Where a privilege is missing, such as {@code /vms/100}; Proxmox VE does not always say. */
        public Optional<String> path() {
            return path;
        }

        /** The missing privilege, or several of which one would do. */
        public List<String> privileges() {
            return privileges;
        }
    }

    /** The token is unknown, expired or its secret wrong. */
    public static final class Unauthenticated extends ProxmoxException {
        private static final long serialVersionUID = 1;

        Unauthenticated(Failure failure) {
            super(failure);
        }
    }

    /** Whoever answers has a certificate that is not trusted; nothing was told to it. */
    public static final class Untrusted extends ProxmoxException {
        private static final long serialVersionUID = 1;

        Untrusted(Failure failure) {
            super(failure);
        }
    }

    /** Parameters that Proxmox VE does not take: trying again is of no use. */
    public static final class InvalidRequest extends ProxmoxException {
        private static final long serialVersionUID = 1;
        private final transient Map<String, String> errors;

        InvalidRequest(Failure failure, Map<String, String> errors) {
            super(failure);
            this.errors = Map.copyOf(errors);
        }

        /** What is wrong, by parameter. */
        public Map<String, String> errors() {
            return errors;
        }
    }

    /** The configuration was changed by somebody since its digest was read: read it again. */
    public static final class Changed extends ProxmoxException {
        private static final long serialVersionUID = 1;

        Changed(Failure failure) {
            super(failure);
        }
    }

    /** No endpoint or node answers, the answer was lost, or there is no quorum: worth trying again. */
    public static final class Unavailable extends ProxmoxException {
        private static final long serialVersionUID = 1;
        private final boolean maybeCarriedOut;

        Unavailable(Failure failure, boolean maybeCarriedOut) {
            super(failure);
            this.maybeCarriedOut = maybeCarriedOut;
        }

        /** Whether the change that was asked for may have been made all the same: look before asking again. */
        public boolean maybeCarriedOut() {
            return maybeCarriedOut;
        }
    }

    /** Everything else that Proxmox VE will not do. */
    public static final class Refused extends ProxmoxException {
        private static final long serialVersionUID = 1;
        private final Reason reason;

        /** What Proxmox VE says why it refuses, where a caller may do something about it. */
        public enum Reason {
            /** The guest runs already; nothing was to be done. */
            ALREADY_RUNNING,
            /** The guest does not run; for a stop, nothing was to be done. */
            NOT_RUNNING,
            /** The guest has to be stopped first. */
            STILL_RUNNING,
            /** No guest agent is configured, or none answers. */
            NO_AGENT,
            /** The guest did not shut down in time. */
            SHUTDOWN_TIMED_OUT,
            /** Other volumes are based on it. */
            STILL_IN_USE,
            /** A downloaded file is not the one that the checksum is of. */
            CHECKSUM_MISMATCH,
            /** A disk's storage or format can't be snapshot. */
            NO_SNAPSHOTS,
            /** On this storage only the latest snapshot can be rolled back to. */
            NOT_LATEST_SNAPSHOT,
            /** The guest is in the pool already, or is not in it; nothing was to be done. */
            POOL_MEMBERSHIP,
            /** The storage is full. */
            NO_SPACE,
            /** The task was stopped, or its node went down: it may have done part of its work. */
            INTERRUPTED,
            OTHER
        }

        Refused(Failure failure, Reason reason) {
            super(failure);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }

    /** This Proxmox VE has no such call, because it is too old or too new. */
    public static final class NotImplemented extends ProxmoxException {
        private static final long serialVersionUID = 1;

        NotImplemented(Failure failure) {
            super(failure);
        }
    }
}
