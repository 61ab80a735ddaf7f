package cloud.pxc.operator.names;

import cloud.pxc.dns.RRset;
import java.util.List;

/** What has to be done to an RRset so that it becomes what is wanted. */
sealed interface NameStep {

    RRKey key();

    /** Uids of those it is written for; of one that is removed, for whom it was until then. */
    List<String> owners();

    /** A step that changes the server. */
    sealed interface Write extends NameStep {}

    /** It is new, and must not be there. */
    record Create(RRset to, List<String> owners) implements Write {
        @Override
        public RRKey key() {
            return RRKey.of(to);
        }
    }

    /** It is ours, and must be what we wrote. */
    record Change(RRset from, RRset to, List<String> owners) implements Write {
        @Override
        public RRKey key() {
            return RRKey.of(to);
        }
    }

    /** It is ours, must be what we wrote, and nobody wants it any more. */
    record Remove(RRset from, List<String> owners) implements Write {
        @Override
        public RRKey key() {
            return RRKey.of(from);
        }
    }

    /** An earlier write of ours may or may not have been carried out: the server has to be asked which. */
    record Recover(List<RRset> candidates, List<String> owners, RRKey key) implements NameStep {}

    /** It is there already; only who wants it may be noted anew. */
    record Keep(RRset rrset, List<String> owners, long serial) implements NameStep {
        @Override
        public RRKey key() {
            return RRKey.of(rrset);
        }
    }
}
