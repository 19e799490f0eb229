// Commands as a web service, and for Home Assistant:
//   ServeHouse MODEL.onnx [WYOMING-PORT]
//   curl --data-binary @stop.wav http://localhost:5000/mingling/clips
//   curl http://localhost:5000/health
using System.Globalization;
using Mingling.AspNetCore;
using Mingling.Serving.Wyoming;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("ServeHouse MODEL.onnx [WYOMING-PORT]");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Services.AddMingling(options => options.Models.Add(args[0]));
if (args.Length == 2) builder.Services.AddMinglingWyoming(new WyomingOptions { Port = int.Parse(args[1], CultureInfo.InvariantCulture) });
builder.Services.AddHealthChecks().AddMingling();

var app = builder.Build();
app.UseWebSockets();
app.MapMingling();
app.MapHealthChecks("/health");
app.Run();
return 0;
