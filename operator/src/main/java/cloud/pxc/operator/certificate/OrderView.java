package cloud.pxc.operator.certificate;

import cloud.pxc.acme.OrderState;

/** The order under way as the CA shows it. */
sealed interface OrderView {

    /** The CA knows it. */
    record Known(OrderState state) implements OrderView {}

    /** The CA has forgotten it. */
    record Lost(String message) implements OrderView {}
}
