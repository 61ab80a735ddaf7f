package cloud.pxc.crds.cluster;

/** How machines come by an address. */
public enum AddressMode {
    /** The operator leases one from the pools and configures it. */
    Pool,
    /** A DHCP server of the network gives it; the operator learns of it from the guest. */
    DHCP,
    /** The guest makes it from what the router advertises; IPv6 only. */
    SLAAC
}
