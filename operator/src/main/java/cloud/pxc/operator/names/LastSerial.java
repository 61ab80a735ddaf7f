package cloud.pxc.operator.names;

import cloud.pxc.dns.Serial;
import java.util.Optional;

/** The serial a zone should have if nobody but the operator writes there. */
final class LastSerial {

    private Serial known;
    private boolean doubtful;

    boolean isDoubtful(Serial now) {
        return doubtful || !now.equals(known);
    }

    /** Each update of ours moves it by one: by more, and somebody else has written too. @param serial 0 where nothing was written */
    void wrote(long serial) {
        if (known != null && serial > known.value()) {
            doubtful |= serial != known.value() + 1;
            known = new Serial(serial);
        }
    }

    void compared(Optional<Serial> now, boolean moved) {
        known = now.orElse(null);
        doubtful = moved;
    }
}
