namespace Mingling.Training;
