/**
 * Real guests behind the simulated Proxmox VE: what it starts is a Debian with systemd, sshd and cloud-init, booted by
 * systemd-nspawn within seconds; as root on Linux.
 *
 * <p>A guest's configuration and the ISOs in its drives go in; what runs, its addresses and a way to log in come out.
 *
 * <p>The rule kept here: mounts, network cards and processes of a guest live in namespaces that end with its first process,
 * and every such process is watched by a {@link cloud.pxc.world.Scratch}. The machine's own network is never touched.
 */
package cloud.pxc.world.guest;
