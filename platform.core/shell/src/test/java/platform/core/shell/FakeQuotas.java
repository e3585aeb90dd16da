package platform.core.shell;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import platform.core.api.InstanceId;
import platform.core.api.InstanceQuotas;
import platform.core.api.PlatformException;
import platform.core.api.QuotaChange;
import platform.core.api.QuotaInfo;
import platform.core.api.QuotaKind;

/** The limits of instances, of which only acme@example.com has its own; all that is used is 1500 of its unit. */
final class FakeQuotas implements InstanceQuotas {

    final Map<QuotaKind, Optional<Long>> limits = new EnumMap<>(QuotaKind.class);
    boolean closed;
    private final Set<QuotaKind> own = EnumSet.noneOf(QuotaKind.class);

    @Override
    public List<QuotaInfo> of(InstanceId id) {
        if (id.name().equals("nobody")) {
            throw PlatformException.notFound("There is no instance " + id + ".");
        }
        if (!id.toString().equals("acme@example.com")) {
            return List.of(new QuotaInfo(QuotaKind.CONNECTIONS, 1500, Optional.of(10L), false));
        }
        return Stream.of(QuotaKind.values())
                .map(kind -> new QuotaInfo(kind, 1500, limits.getOrDefault(kind, Optional.empty()), own.contains(kind)))
                .toList();
    }

    @Override
    public boolean isClosed(InstanceId id) {
        return closed;
    }

    @Override
    public List<QuotaInfo> change(InstanceId id, QuotaChange change) {
        limits.putAll(change.limits());
        own.addAll(change.limits().keySet());
        limits.keySet().removeAll(change.toDefault());
        own.removeAll(change.toDefault());
        return of(id);
    }
}
