/**
 * DnsRecords: what tenants want beyond the names of Ingresses and Machines.
 *
 * <p>The spec comes in, the name is claimed for its namespace and published, and the status says whose it is and since which serial
 * it is visible.
 *
 * <p>The rule kept here: nothing is published that the namespace may not have.
 */
package cloud.pxc.operator.record;
