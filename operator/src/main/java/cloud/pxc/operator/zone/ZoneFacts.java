package cloud.pxc.operator.zone;

import cloud.pxc.dns.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is seen of a zone, and of the reverse zones beside it.
 *
 * @param serial of the zone on the primary; none where it does not serve the zone
 * @param servers how many there are
 * @param behind what is wrong with those secondaries that do not serve the newest serial
 * @param absent whether some server does not serve one of the zones at all
 * @param records RRsets the operator has written
 * @param claims names held within the zone
 * @param repaired RRsets put back just now because somebody had changed them
 * @param next when to look again
 */
record ZoneFacts(
        Optional<Serial> serial,
        int servers,
        List<String> behind,
        boolean absent,
        long records,
        long claims,
        int repaired,
        Duration next) {}
