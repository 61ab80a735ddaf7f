package cloud.pxc.operator.certificate;

import cloud.pxc.crds.certificate.Certificate;
import java.util.List;
import java.util.Map;

/** Where challenges are answered: TXT records in our own zones. */
interface ChallengeRecords {

    /** How far the records are. */
    enum Stage {
        /** Not published by this process. */
        NONE,
        /** On their way. */
        PENDING,
        /** Every authoritative name server answers them. */
        LIVE,
        /** They can't be published; the message says why. */
        FAILED
    }

    /**
     * What is published for a Certificate.
     *
     * @param records owner name without trailing dot → values
     * @param message how far it is, or what is wrong, as a sentence
     */
    record Published(Map<String, List<String>> records, Stage stage, String message) {

        static final Published NOTHING = new Published(Map.of(), Stage.NONE, "");

        public Published {
            records = Map.copyOf(records);
        }
    }

    /** Has these records answered, and no others for this Certificate. */
    void publish(Certificate certificate, Map<String, List<String>> records);

    /** What is published, and how far it is. */
    Published published(Certificate certificate);

    /** Takes all records of this Certificate away. */
    void withdraw(Certificate certificate);
}
