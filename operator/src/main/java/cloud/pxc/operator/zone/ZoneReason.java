package cloud.pxc.operator.zone;

import cloud.pxc.operator.status.Reason;

/** Why a zone is as its conditions say. */
enum ZoneReason implements Reason {
    Served,
    Paused,
    SecretMissing,
    InvalidSpec,
    ServerUnreachable,
    KeyRefused,
    ServerRefused,
    RecordRefused,
    SecondaryBehind,
    LedgerUnavailable,
    Publishing,
    Deleting
}
