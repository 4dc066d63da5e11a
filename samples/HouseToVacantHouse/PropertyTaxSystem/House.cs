namespace VendorA.PropertyTax;

/// <summary>A house in the register (家屋台帳), and its owner.</summary>
sealed record House(
    string Number, string Location, string Structure, string FloorArea, string BuiltOn,
    string OwnerNumber, string OwnerName, string OwnerBirthDate)
{
    public static House Read(string line)
    {
        var fields = line.Split('\t');
        return new House(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7]);
    }
}
