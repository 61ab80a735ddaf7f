package cloud.pxc.operator.doctor;

import cloud.pxc.crds.cluster.VmidRange;
import cloud.pxc.operator.cluster.ClusterNeeds;

/**
 * What is asked of a cluster.
 *
 * @param tokenId {@code user@realm!name}
 * @param needs what machines are to find there
 * @param vmids what they may be numbered
 */
record Inquiry(String tokenId, ClusterNeeds needs, VmidRange vmids) {}
