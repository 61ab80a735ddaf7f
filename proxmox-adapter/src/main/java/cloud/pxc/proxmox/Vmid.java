package cloud.pxc.proxmox;

/** Number of a guest, unique in its Proxmox cluster ({@code pve-vmid}): 100 to 999,999,999. */
public record Vmid(int value) implements Comparable<Vmid> {

    public static final int SMALLEST = 100;
    public static final int LARGEST = 999_999_999;

    /** @throws IllegalArgumentException when Proxmox VE would not take it */
    public Vmid {
        if (value < SMALLEST || value > LARGEST) {
            throw new IllegalArgumentException("A VMID is a number from 100 to 999999999, was " + value);
        }
    }

    @Override
    public int compareTo(Vmid other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
