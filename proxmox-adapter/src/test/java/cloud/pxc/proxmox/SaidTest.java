package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import cloud.pxc.proxmox.ProxmoxException.NotFound.Thing;
import cloud.pxc.proxmox.ProxmoxException.Refused.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sentences of Proxmox VE, word for word, and what they mean. */
class SaidTest {

    @ParameterizedTest
    @MethodSource
    void aSentenceHasAMeaning(String sentence, Said meaning) {
        assertThat(Said.of(sentence)).isEqualTo(meaning);
    }

    static Stream<Arguments> aSentenceHasAMeaning() {
        return Stream.of(
                arguments("Configuration file 'nodes/pve1/qemu-server/9999.conf' does not exist", missing(Thing.GUEST)),
                arguments("Configuration file 'nodes/pve1/lxc/200.conf' does not exist", missing(Thing.GUEST)),
                arguments("unable to find configuration file for VM 100 on node 'pve1'", missing(Thing.GUEST)),
                arguments("storage 'nostore' does not exist", missing(Thing.STORAGE)),
                arguments("No such storage.", missing(Thing.STORAGE)),
                arguments("no such cluster node 'pve2'", missing(Thing.NODE)),
                arguments(
                        "hostname lookup 'nosuch' failed - failed to get address info for: nosuch: Temporary failure in name resolution",
                        missing(Thing.NODE)),
                arguments(
                        "unable to create CT 200 - volume 'local:vztmpl/debian.tar.zst' does not exist",
                        missing(Thing.VOLUME)),
                arguments("no such task", missing(Thing.TASK)),
                arguments("snapshot 's2' does not exist", missing(Thing.SNAPSHOT)),
                arguments("snapshot name 's1' already used", new Said.Exists()),
                arguments("snapshot feature is not available", new Said.Refusal(Reason.NO_SNAPSHOTS)),
                arguments(
                        "VM 100 qmp command 'blockdev-snapshot-internal-sync' failed - Block format 'qcow2' used by device"
                                + " 'drive-scsi0' does not support internal snapshots",
                        new Said.Refusal(Reason.NO_SNAPSHOTS)),
                arguments(
                        "can't rollback, 's1' is not most recent snapshot on 'tank:vm-100-disk-0'",
                        new Said.Refusal(Reason.NOT_LATEST_SNAPSHOT)),
                arguments("bridge 'vmbr9' does not exist", new Said.Refusal(Reason.OTHER)),
                arguments("unable to create VM 100 - VM 100 already exists on node 'pve1'", new Said.Exists()),
                arguments("unable to create VM 102: config file already exists", new Said.Exists()),
                arguments("CT 200 already exists on node 'pve1'", new Said.Exists()),
                arguments("refusing to override existing file '/var/lib/vz/template/iso/x.iso'", new Said.Exists()),
                arguments("VM is locked (clone)", new Said.Held(Optional.of("clone"))),
                arguments("CT is locked (snapshot-delete)", new Said.Held(Optional.of("snapshot-delete"))),
                arguments("VM 100 is locked (backup)", new Said.Held(Optional.of("backup"))),
                arguments(
                        "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout",
                        new Said.Held(Optional.empty())),
                arguments("got timeout", new Said.Held(Optional.empty())),
                arguments("cfs-lock 'storage-nfs' error: got lock request timeout", new Said.Held(Optional.empty())),
                arguments("cfs-lock 'file-user_cfg' error: no quorum!", new Said.NoQuorum()),
                arguments("cluster not ready - no quorum?", new Said.NoQuorum()),
                arguments("checksum mismatch (file change by other user?)", new Said.Outdated()),
                arguments(
                        "detected modified configuration - file changed by other user? Try again.",
                        new Said.Outdated()),
                arguments("checksum mismatch: got 'ba78' != expect '00'", new Said.Refusal(Reason.CHECKSUM_MISMATCH)),
                arguments(
                        "Permission check failed (/vms/100, VM.Audit)",
                        new Said.Denied(Optional.of("/vms/100"), List.of("VM.Audit"))),
                arguments(
                        "Permission check failed (/storage/local, Datastore.Audit|Datastore.AllocateSpace)",
                        new Said.Denied(
                                Optional.of("/storage/local"), List.of("Datastore.Audit", "Datastore.AllocateSpace"))),
                arguments("Permission check failed", new Said.Denied(Optional.empty(), List.of())),
                arguments(
                        "unable to create VM 101 - 403 Permission check failed (/vms/101, VM.Config.Options)",
                        new Said.Denied(Optional.of("/vms/101"), List.of("VM.Config.Options"))),
                arguments("VM 100 already running", new Said.Refusal(Reason.ALREADY_RUNNING)),
                arguments("CT 200 already running", new Said.Refusal(Reason.ALREADY_RUNNING)),
                arguments("VM 100 not running", new Said.Refusal(Reason.NOT_RUNNING)),
                arguments("VM 100 is not running", new Said.Refusal(Reason.NOT_RUNNING)),
                arguments("CT 200 not running", new Said.Refusal(Reason.NOT_RUNNING)),
                arguments("VM 101 is running - destroy failed", new Said.Refusal(Reason.STILL_RUNNING)),
                arguments("unable to destroy CT 200 - container is running", new Said.Refusal(Reason.STILL_RUNNING)),
                arguments("VM quit/powerdown failed - got timeout", new Said.Refusal(Reason.SHUTDOWN_TIMED_OUT)),
                arguments("No QEMU guest agent configured", new Said.Refusal(Reason.NO_AGENT)),
                arguments("QEMU guest agent is not running", new Said.Refusal(Reason.NO_AGENT)),
                arguments(
                        "VM 100 qga command 'guest-network-get-interfaces' failed - got timeout",
                        new Said.Refusal(Reason.NO_AGENT)),
                arguments(
                        "base volume 'local:100/base-100-disk-0.qcow2' is still in use by linked cloned",
                        new Said.Refusal(Reason.STILL_IN_USE)),
                arguments("clone failed: no space left on device", new Said.Refusal(Reason.NO_SPACE)),
                arguments(
                        "clone failed: block job (mirror) error: interrupted by signal",
                        new Said.Refusal(Reason.INTERRUPTED)),
                arguments("storage 'nfs' is not online", new Said.Offline()),
                arguments("Something nobody has seen", new Said.Refusal(Reason.OTHER)));
    }

    private static Said missing(Thing thing) {
        return new Said.Missing(thing);
    }
}
