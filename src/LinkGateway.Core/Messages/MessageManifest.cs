using System.Xml;
using LinkGateway.Contract.Errors;
using LinkGateway.Contract.Identity;
using LinkGateway.Contract.Manifests;
using LinkGateway.Core.Configuration;

namespace LinkGateway.Core.Messages;

/// <summary>Makes the manifest of a stored message from what was posted and what the configuration says.</summary>
static class MessageManifest
{
    /// <summary>Why what was posted cannot stand in a manifest; null when it can.</summary>
    public static Refusal? Check(MessageSubmission submission)
    {
        if (submission.MessageId is { } id && (!TransferIds.IsValid(id) || !IsXml(id)))
            return Invalid("wsa:MessageID", "1 to 255 characters without control characters are allowed");
        if (submission.SoapVersion is not ("1.1" or "1.2")) return Invalid("soapVersion", "it is neither 1.1 nor 1.2");
        if (submission.ContentType.Length == 0) return new Refusal(ErrorCatalogue.FieldMissing, "Content-Type");
        (string Field, string? Value)[] texts =
        [
            ("Content-Type", submission.ContentType), ("Content-Encoding", submission.ContentEncoding),
            ("SOAPAction", submission.SoapAction), ("wsa:RelatesTo", submission.RelatesTo),
        ];
        foreach (var (field, value) in texts)
            if (WhatIsWrong(value) is { } wrong) return Invalid(field, wrong);
        return CheckReplyAddresses(submission);
    }

    /// <summary>The manifest of a message that begins its way here.</summary>
    /// <param name="submission">What was posted, checked.</param>
    /// <param name="origin">Who posted it.</param>
    /// <param name="id">Its transfer id.</param>
    /// <param name="now">Now.</param>
    /// <param name="snapshot">The configuration, for what the sender need not say.</param>
    public static Manifest OfMessage(
        MessageSubmission submission, string origin, string id, DateTimeOffset now, ConfigurationSnapshot snapshot)
    {
        var (receiver, interfaceId) = (submission.Receiver!, submission.InterfaceId!);
        var found = snapshot.FindInterface(interfaceId);
        var organisation = snapshot.Directory.Find(receiver)?.OrganisationCode?.ToString();
        var manifest = Make(submission, origin, receiver, interfaceId, id, now, snapshot);
        return manifest with
        {
            OriginOrganisation = snapshot.Directory.Find(origin)?.OrganisationCode?.ToString(),
            ReceiverOrganisation = organisation,
            InterfaceVersion = submission.InterfaceVersion ?? found?.VersionInForce(null, snapshot.DateOf(now)).Value?.Version,
            BusinessUnit = found?.BusinessUnit,
            DataClass = found?.DataClass,
            LegalBasis = found?.LegalBasis,
            Properties =
            [
                .. manifest.Properties,
                .. Stated(
                    (MessageProperties.Organisation, organisation), (MessageProperties.Service, found?.Service?.Name),
                    (MessageProperties.Operation, submission.Operation), (MessageProperties.ReplyTo, submission.ReplyTo),
                    (MessageProperties.FaultTo, submission.FaultTo)),
            ],
        };
    }

    /// <summary>
    /// The manifest of a reply that begins its way here, from <paramref name="receiver"/> of the message that it answers.
    /// </summary>
    public static Manifest OfReply(
        MessageSubmission submission, Manifest request, string receiver, string id, DateTimeOffset now, ConfigurationSnapshot snapshot)
    {
        var manifest = Make(submission, receiver, request.Origin, request.InterfaceId, id, now, snapshot);
        return manifest with
        {
            OriginOrganisation = request.ReceiverOrganisation,
            ReceiverOrganisation = request.OriginOrganisation,
            InterfaceVersion = request.InterfaceVersion,
            BusinessUnit = request.BusinessUnit,
            DataClass = request.DataClass,
            LegalBasis = request.LegalBasis,
            Properties =
            [
                .. manifest.Properties,
                new NameValue(
                    MessageProperties.ReplyKind, submission.IsFault ? MessageProperties.Fault : MessageProperties.Reply),
                new NameValue(MessageProperties.InReplyTo, request.TransferId),
            ],
        };
    }

    /// <summary>
    /// The manifest with what the gateway itself had said of the message before: the configuration may have changed since, and the sender's
    /// message is the same all the same.
    /// </summary>
    public static Manifest AsHeld(Manifest made, Manifest held) => made with
    {
        OriginOrganisation = held.OriginOrganisation,
        ReceiverOrganisation = held.ReceiverOrganisation,
        InterfaceVersion = held.InterfaceVersion,
        BusinessUnit = held.BusinessUnit,
        DataClass = held.DataClass,
        LegalBasis = held.LegalBasis,
        Properties =
        [
            .. made.Properties.Select(property => property.Name is MessageProperties.Organisation or MessageProperties.Service
                ? property with { Value = held.Property(property.Name) ?? property.Value }
                : property),
        ],
    };

    // Neither size nor digest: whether they are known beforehand differs from try to try, and a message must be the same each time. The
    // receipts state both.
    static Manifest Make(
        MessageSubmission submission, string origin, string receiver, string interfaceId, string id, DateTimeOffset now,
        ConfigurationSnapshot snapshot)
    {
        var mediaType = submission.ContentType.Split(';')[0].Trim().ToLowerInvariant();
        return new Manifest
        {
            Origin = origin,
            Receivers = [receiver],
            InterfaceId = interfaceId,
            TransferId = id,
            Kind = FileKind.Message.WireName(),
            Environment = snapshot.Configuration.Gateway.Environment.WireName(),
            CreatedAt = now,
            FileName = mediaType.StartsWith("multipart/", StringComparison.Ordinal) ? "message.mime" : "message.xml",
            MediaType = mediaType,
            ContentEncoding = submission.ContentEncoding,
            Properties =
            [
                .. Stated(
                    (MessageProperties.ContentType, submission.ContentType), (MessageProperties.SoapVersion, submission.SoapVersion),
                    (MessageProperties.SoapAction, submission.SoapAction), (MessageProperties.RelatesTo, submission.RelatesTo),
                    (MessageProperties.IdMade, submission.MessageId is null ? "true" : null)),
            ],
        };
    }

    static IEnumerable<NameValue> Stated(params (string Name, string? Value)[] properties) =>
        from property in properties where property.Value is not null select new NameValue(property.Name, property.Value);

    static Refusal? CheckReplyAddresses(MessageSubmission submission)
    {
        (string Field, string? Value)[] addresses = [("wsa:ReplyTo", submission.ReplyTo), ("wsa:FaultTo", submission.FaultTo)];
        foreach (var (field, value) in addresses)
            if (WhatIsWrong(value) is { } wrong) return new Refusal(ErrorCatalogue.ReplyAddressInvalid, $"{field}: {wrong}");

        // WS-Addressing 1.0 Core, section 3.4: a reply relates to the message's id.
        return (submission.ReplyTo ?? submission.FaultTo) is not null && submission.MessageId is null
            ? new Refusal(ErrorCatalogue.ReplyAddressInvalid, "the message has no wsa:MessageID that a reply could relate to")
            : null;
    }

    static string? WhatIsWrong(string? value)
    {
        if (value is { Length: > MessageProperties.MaxLength }) return $"at most {MessageProperties.MaxLength} characters are allowed";
        return value is null || (!value.Any(char.IsControl) && IsXml(value)) ? null : "it holds a control character";
    }

    // The manifest is written as XML. HTTP headers may hold what XML cannot.
    static bool IsXml(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (XmlConvert.IsXmlChar(text[index])) continue;
            if (index + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index])) return false;
            index++;
        }

        return true;
    }

    static Refusal Invalid(string field, string why) => new(ErrorCatalogue.FieldInvalid, field, why);
}
