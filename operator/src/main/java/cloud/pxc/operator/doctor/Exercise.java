package cloud.pxc.operator.doctor;

import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.operator.cluster.ClusterNeeds.Plug;
import cloud.pxc.operator.doctor.Interruption.Interrupted;
import cloud.pxc.operator.doctor.Workbench.StepFailed;
import cloud.pxc.proxmox.ContainerTemplate;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.Upid;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.proxmox.Volume;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a small virtual machine and a container the way the operator makes machines, lets them go through their lives, and takes
 * everything away again, whatever happens.
 */
final class Exercise {

    /** On every guest that is made here. */
    static final String TAG = "pxc-doctor";

    private static final String DESCRIPTION = "Made by an exercise of the doctor of pxc, which removes it again.";
    private static final String MEMORY = "128";
    private static final long GIBIBYTE = 1L << 30;
    private static final int IMAGE_BYTES = 1 << 20;
    private static final int ISO_BYTES = 1 << 16;

    private final ProxmoxClient client;
    private final ExercisePlan plan;
    private final Workbench bench;
    private final Traces traces;
    private final Cleanup cleanup;
    private final Iterator<Vmid> vmids;

    Exercise(ProxmoxClient client, ExercisePlan plan, Workbench bench, Traces traces, Cleanup cleanup) {
        this.client = client;
        this.plan = plan;
        this.bench = bench;
        this.traces = traces;
        this.cleanup = cleanup;
        this.vmids = plan.vmids().iterator();
    }

    void run() {
        try {
            if (plan.needs().kinds().contains(ImageType.vm)) {
                part(this::virtualMachine);
            }
            if (plan.needs().kinds().contains(ImageType.container)) {
                part(this::container);
            }
        } catch (Interrupted e) {
            bench.skip("the rest", e.getMessage());
        } finally {
            cleanup.remove(traces);
        }
    }

    /** One part that fails does not keep the other from being tried; that it has failed is told by its step. */
    private static void part(Runnable part) {
        try {
            part.run();
        } catch (StepFailed told) {
            return;
        }
    }

    private void virtualMachine() {
        var iso = upload(ContentType.ISO, plan.name() + ".iso", new byte[ISO_BYTES]);
        var image = upload(ContentType.IMPORT, plan.name() + ".raw", new byte[IMAGE_BYTES]);
        var vm = make("create VM", GuestType.QEMU, plan.name(), vmid -> client.guests()
                .createVm(plan.node(), vmid, vm(image, iso)));
        bench.step("grow its disk to 1 GiB", () -> client.guests().resize(vm, "scsi0", GIBIBYTE));
        var clone = cloneOf(vm);
        live(vm);
        clone.ifPresent(this::destroy);
        destroy(vm);
        delete(image);
        delete(iso);
    }

    private Optional<GuestId> cloneOf(GuestId vm) {
        if (!plan.mayClone()) {
            bench.skip("clone it", "the token lacks VM.Clone on /vms, which the operator does not need");
            return Optional.empty();
        }
        var name = plan.name() + "-clone";
        return Optional.of(make("clone it to VM", GuestType.QEMU, name, vmid -> client.guests()
                .clone(vm, vmid, Map.of("name", name, "full", "1"))));
    }

    private void container() {
        var template = template();
        if (template.isEmpty()) {
            return;
        }
        var container = make("create container", GuestType.LXC, plan.name(), vmid -> client.guests()
                .createContainer(plan.node(), vmid, container(template.get())));
        bench.step("grow its disk to 2 GiB", () -> client.guests().resize(container, "rootfs", 2 * GIBIBYTE));
        live(container);
        destroy(container);
    }

    /** The smallest that is there, else one from the index where that was agreed to. */
    private Optional<String> template() {
        var storage = plan.needs().images();
        var there = bench
                .look("find a container template", () -> client.storages()
                        .content(plan.node(), storage, ContentType.VZTMPL))
                .stream()
                .min(Comparator.comparingLong(Volume::size));
        if (there.isPresent()) {
            return Optional.of(there.get().volid());
        }
        var offered = bench
                .look("find a container template", () -> client.storages().templates(plan.node()))
                .stream()
                .filter(each -> each.section().equals("system"))
                .min(Comparator.comparing(
                                (ContainerTemplate each) -> !each.packageName().startsWith("alpine"))
                        .thenComparing(ContainerTemplate::template));
        if (offered.isEmpty()) {
            bench.skip(
                    "create container",
                    "node " + plan.node() + " has no container template on " + storage
                            + ", and no index of those there are; get it there with: pveam update");
            return Optional.empty();
        }
        var template = offered.get().template();
        if (!plan.downloadTemplate()) {
            bench.skip(
                    "create container",
                    "node " + plan.node() + " has no container template on " + storage
                            + "; with --download-template it gets "
                            + template + " for the time of the exercise, or for good with: pveam download " + storage
                            + " "
                            + template);
            return Optional.empty();
        }
        var file = new Trace.File(plan.node(), storage, ContentType.VZTMPL, template);
        traces.add(file);
        bench.step(
                "download template " + template,
                () -> Optional.of(client.storages().downloadTemplate(plan.node(), storage, template)));
        return Optional.of(file.volid());
    }

    private Trace.File upload(ContentType type, String filename, byte[] content) {
        var file = new Trace.File(plan.node(), plan.needs().images(), type, filename);
        traces.add(file);
        bench.step(
                "upload " + file.volid(),
                () -> Optional.of(client.storages().upload(file.node(), file.storage(), type, filename, content)));
        return file;
    }

    private GuestId make(String what, GuestType type, String name, Function<Vmid, Upid> call) {
        while (vmids.hasNext()) {
            var vmid = vmids.next();
            var guest = new Trace.Guest(new GuestId(type, plan.node(), vmid), name);
            traces.add(guest);
            if (bench.stepUnlessTaken(what + " " + vmid, () -> call.apply(vmid))) {
                return guest.id();
            }
            traces.forget(guest);
        }
        throw bench.failure(what, "no VMID that was tried is free; give another range with --vmids");
    }

    private void live(GuestId guest) {
        bench.step("start it", () -> Optional.of(client.guests().start(guest)));
        bench.step("stop it", () -> Optional.of(client.guests().stop(guest)));
    }

    private void destroy(GuestId guest) {
        bench.step("destroy " + guest.vmid(), () -> Optional.of(client.guests().destroy(guest)));
    }

    private void delete(Trace.File file) {
        bench.step("remove " + file.volid(), () -> client.storages().delete(file.node(), file.volid()));
    }

    private Map<String, String> vm(Trace.File image, Trace.File iso) {
        var settings = common("name");
        settings.put("ostype", "l26");
        settings.put("scsihw", "virtio-scsi-single");
        settings.put("serial0", "socket");
        settings.put("scsi0", plan.needs().machines() + ":0,import-from=" + image.volid());
        settings.put("ide2", iso.volid() + ",media=cdrom");
        settings.put("boot", "order=scsi0");
        plug().ifPresent(plug -> settings.put("net0", "virtio," + plugged(plug)));
        return settings;
    }

    private Map<String, String> container(String template) {
        var settings = common("hostname");
        settings.put("ostemplate", template);
        settings.put("unprivileged", "1");
        settings.put("features", "nesting=1");
        settings.put("swap", "0");
        settings.put("rootfs", plan.needs().machines() + ":1");
        plug().ifPresent(plug -> settings.put("net0", "name=eth0," + plugged(plug)));
        return settings;
    }

    private Map<String, String> common(String nameKey) {
        var settings = new LinkedHashMap<String, String>();
        settings.put(nameKey, plan.name());
        settings.put("cores", "1");
        settings.put("memory", MEMORY);
        settings.put("tags", TAG);
        settings.put("description", DESCRIPTION);
        return settings;
    }

    private Optional<Plug> plug() {
        return plan.needs().plugs().stream().findFirst();
    }

    private static String plugged(Plug plug) {
        return "bridge=" + plug.bridge() + plug.vlan().map(tag -> ",tag=" + tag).orElse("");
    }
}
