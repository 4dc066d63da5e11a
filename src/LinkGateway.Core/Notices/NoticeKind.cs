namespace LinkGateway.Core.Notices;

/// <summary>What operators are told of without asking.</summary>
public enum NoticeKind
{
    /// <summary>A destination cannot be reached. Subject: its id.</summary>
    DestinationDown,

    /// <summary>Deliveries have failed. Subject: the destination and the code.</summary>
    DeliveryFailed,

    /// <summary>What holds others up in their order does not go by itself, or does not come. Subject: the order.</summary>
    OrderBlocked,

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

    /// <summary>Something that the gateway does by itself is in trouble. Subject: watch/ or pull/ and the id.</summary>
    WorkTroubled,

    /// <summary>Files of a watched folder were refused and lie there, or in its errorFolder. Subject: watch/ and the id.</summary>
    FilesRefused,

    /// <summary>The clock has jumped. Subject: the gateway's id.</summary>
    ClockJumped,

    /// <summary>Deliveries are held for a reason that needs somebody. Subject: the destination and the code.</summary>
    DeliveryHeld,

    /// <summary>It is not known whether the receiver has files. Subject: the destination.</summary>
    DeliveryInDoubt,

    /// <summary>A store fails. Subject: the store.</summary>
    StoreFailing,

    /// <summary>A certificate has ended. Subject: its file.</summary>
    CertificateExpired,

    /// <summary>An origin's service for notices cannot be reached. Subject: the participant.</summary>
    CallbackDown,
}
