using Microsoft.AspNetCore.Builder;

namespace Mingling.Studio.Api;

/// <summary>All that the page can ask for. Names are values of the query and never parts of the path, so that they need no escapes.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app, StudioWork work)
    {
        PageEndpoints.Map(app, work);
        StudioEndpoints.Map(app, work);
        CorpusEndpoints.Map(app, work);
        TakeEndpoints.Map(app, work);
        ImportEndpoints.Map(app, work);
        RunEndpoints.Map(app, work);
        ModelEndpoints.Map(app, work);
        LiveEndpoints.Map(app, work);
    }
}
