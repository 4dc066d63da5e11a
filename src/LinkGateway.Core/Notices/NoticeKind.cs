namespace LinkGateway.Core.Notices;

/// <summary>What operators are told of without asking.</summary>
public enum NoticeKind
{
    /// <summary>A destination cannot be reached. Subject: its id.</summary>
    DestinationDown,

    /// <summary>Deliveries have failed. Subject: the destination and the code.</summary>
    DeliveryFailed,

    /// <summary>What waits will probably not be delivered by its deadline. Subject: the route.</summary>
    DeadlineAtRisk,

    /// <summary>A deadline has passed with files undelivered. Subject: the route.</summary>
    DeadlineMissed,

    /// <summary>An expected file has not come. Subject: origin and interface.</summary>
    FileLate,

    /// <summary>The disk has less room than the reserve, or soon will have. Subject: the store.</summary>
    SpaceShort,

    /// <summary>A store answers late or not at all. Subject: the store.</summary>
    StoreSlow,

    /// <summary>The gateway refuses work because it has too much. Subject: the option that was reached.</summary>
    Overload,

    /// <summary>A participant is held to its quota. Subject: its id.</summary>
    ParticipantOverQuota,

    /// <summary>A certificate ends soon. Subject: its file.</summary>
    CertificateExpiring,

    /// <summary>The clock has jumped. Subject: the gateway's id.</summary>
    ClockJumped,
}
