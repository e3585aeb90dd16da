package platform.core.rest;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import java.util.Set;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** Everything that Jersey has to know. Nothing is looked for: what is not named here is not there. */
final class RestApplication extends ResourceConfig {

    static final String PATH = "/manager/api/v1";

    static final Set<Class<?>> RESOURCES = Set.of(
            AcmeResource.class,
            AlarmResource.class,
            AlarmSinkResource.class,
            AppResource.class,
            ArchiveResource.class,
            AuditResource.class,
            BackupKeyResource.class,
            BackupResource.class,
            BackupScheduleResource.class,
            BackupTargetResource.class,
            BundleResource.class,
            CertificateResource.class,
            CloneResource.class,
            CommandFileResource.class,
            DatabaseAccessResource.class,
            DatabaseExtensionResource.class,
            DatabaseResource.class,
            DatabaseServerResource.class,
            DatabaseSqlResource.class,
            DatabaseUpgradeResource.class,
            DocumentResource.class,
            ExportResource.class,
            ImportResource.class,
            InstanceBackupResource.class,
            InstanceDatabaseResource.class,
            InstanceLogResource.class,
            InstanceResource.class,
            LogResource.class,
            ManagerBackupResource.class,
            ManagerSocketResource.class,
            MetricResource.class,
            MoveResource.class,
            MoveTicketResource.class,
            OwnPasswordResource.class,
            PlatformResource.class,
            RenamingResource.class,
            SettingResource.class,
            StateResource.class,
            TaskResource.class,
            TimeRestoreResource.class,
            TokenResource.class,
            UserKeyResource.class,
            UserResource.class,
            UserTotpResource.class);

    RestApplication(Parts parts, Tasks tasks) {
        property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        property(CommonProperties.JSON_PROCESSING_FEATURE_DISABLE, true);
        // Of Jakarta Activation, which is not here: that would be a warning.
        property(CommonProperties.PROVIDER_DEFAULT_DISABLE, "DATASOURCE");
        property(CommonProperties.MOXY_JSON_FEATURE_DISABLE, true);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.BV_FEATURE_DISABLE, true);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        registerClasses(RESOURCES);
        registerInstances(
                new JacksonJsonProvider(JsonFormat.MAPPER),
                new Problems(),
                new Gate(parts),
                new EntityTags(),
                new RefusedBodies(),
                new PageLinks());
        register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(parts).to(Parts.class);
                bind(tasks).to(Tasks.class);
            }
        });
    }
}
