namespace LinkGateway.Simulation.Network;

/// <summary>What the network does with one call.</summary>
enum NetworkFate
{
    /// <summary>It arrives, and its answer too.</summary>
    Well,

    /// <summary>The connection is refused: nothing was sent.</summary>
    Refused,

    /// <summary>It is lost on its way, and nobody says so.</summary>
    Lost,

    /// <summary>It is held up for so long that the caller has given up when it arrives.</summary>
    Late,

    /// <summary>It arrives twice; the second answer goes nowhere.</summary>
    Doubled,

    /// <summary>It arrives, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>The connection breaks while its attachment is under way.</summary>
    Broken,

    /// <summary>A byte of its attachment is changed on the way.</summary>
    Damaged,
}
