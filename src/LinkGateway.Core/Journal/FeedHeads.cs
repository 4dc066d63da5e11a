namespace LinkGateway.Core.Journal;

/// <summary>The last place in each order of the journal that somebody follows by a cursor; 0 where there is none.</summary>
/// <param name="Receipt">Of receipts.</param>
/// <param name="Failure">Of failures.</param>
/// <param name="NoticeStage">Of stages of notices.</param>
public readonly record struct FeedHeads(long Receipt, long Failure, long NoticeStage);
