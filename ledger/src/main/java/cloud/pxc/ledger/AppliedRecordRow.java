package cloud.pxc.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A row of {@code applied_record}. */
@Entity
@Table(name = "applied_record")
@IdClass(AppliedRecordRow.Key.class)
class AppliedRecordRow extends PanacheEntityBase {

    /** Identity of an RRset. */
    record Key(String zone, String name, String type) implements Serializable {}

    @Id
    @Column(columnDefinition = "text")
    String zone;

    @Id
    @Column(columnDefinition = "text")
    String name;

    @Id
    @Column(columnDefinition = "text")
    String type;

    long ttl;

    @Column(columnDefinition = "text")
    String content;

    @Column(columnDefinition = "text")
    String previous;

    @Column(columnDefinition = "text")
    String owners;

    @Column(columnDefinition = "text")
    String state;

    Long serial;

    AppliedRecord record() {
        return new AppliedRecord(
                zone,
                name,
                type,
                ttl,
                lines(content),
                Optional.ofNullable(previous).map(AppliedRecordRow::lines),
                lines(owners),
                AppliedRecord.State.valueOf(state.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(serial));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }
}
