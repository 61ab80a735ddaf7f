package cloud.pxc.operator.record;

import cloud.pxc.operator.status.Reason;

/** Why a record is as its conditions say. */
enum RecordReason implements Reason {
    Live,
    Publishing,
    NameDenied,
    InvalidValue,
    ZoneFailing,
    LedgerUnavailable,
    Paused,
    Deleting
}
