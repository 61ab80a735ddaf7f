package cloud.pxc.operator.names;

import cloud.pxc.ledger.AppliedRecord;
import cloud.pxc.ledger.AppliedRecords;
import jakarta.enterprise.inject.Vetoed;
import java.util.Collection;
import java.util.List;

/** The ledger of a process that is killed around one of its writes, and does nothing any more from then on. */
@Vetoed
final class MortalRecords extends AppliedRecords {

    /** Between which of its steps the process dies. */
    enum Death {
        BEFORE_THE_INTENT(1, false),
        AFTER_THE_INTENT(1, true),
        AFTER_THE_UPDATE(2, false),
        AFTER_THE_NOTE(2, true),
        NEVER(Integer.MAX_VALUE, false);

        private final int write;
        private final boolean done;

        Death(int write, boolean done) {
            this.write = write;
            this.done = done;
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed");
        }
    }

    private final AppliedRecords ledger;
    private Death death = Death.NEVER;
    private int writes;
    private boolean dead;

    MortalRecords(AppliedRecords ledger) {
        super(null);
        this.ledger = ledger;
    }

    synchronized void dieAt(Death when) {
        death = when;
        writes = 0;
    }

    synchronized boolean isDead() {
        return dead;
    }

    @Override
    public List<AppliedRecord> of(String zone) {
        live();
        return ledger.of(zone);
    }

    @Override
    public List<AppliedRecord> at(String zone, Collection<String> names) {
        live();
        return ledger.at(zone, names);
    }

    @Override
    public void put(Collection<AppliedRecord> records) {
        write(() -> ledger.put(records));
    }

    @Override
    public void remove(Collection<AppliedRecord> records) {
        write(() -> ledger.remove(records));
    }

    private synchronized void live() {
        if (dead) {
            throw new Killed();
        }
    }

    private synchronized void write(Runnable work) {
        live();
        writes++;
        dead = writes == death.write;
        if (!dead || death.done) {
            work.run();
        }
        live();
    }
}
