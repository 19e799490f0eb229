/* Hears commands from the microphone of an Arduino Nano 33 BLE Sense and writes them to the serial port. Not tried on hardware. */

#include <PDM.h>

#include "commands.h"

// Half a second: more than the longest computation takes.
static int16_t ring[COMMANDS_SAMPLE_RATE / 2];
static const size_t ringSize = sizeof ring / sizeof ring[0];
static volatile size_t written = 0;
static size_t taken = 0;
static commands_spotter spotter;

// Called by an interrupt of the microphone.
static void onSound()
{
    int16_t piece[256];
    int bytes = PDM.available();
    if (bytes > (int)sizeof piece) bytes = sizeof piece;
    bytes = PDM.read(piece, bytes);
    for (int i = 0; i < bytes / 2; i++) {
        ring[written % ringSize] = piece[i];
        written = written + 1;
    }
}

static void onWord(void *, const commands_event *event)
{
    Serial.print(event->time);
    Serial.print(" s: ");
    Serial.println(commands_words[event->word]);
    digitalWrite(LED_BUILTIN, !digitalRead(LED_BUILTIN));
}

void setup()
{
    Serial.begin(115200);
    pinMode(LED_BUILTIN, OUTPUT);
    commands_init(&spotter, onWord, nullptr);
    PDM.onReceive(onSound);
    if (!PDM.begin(1, COMMANDS_SAMPLE_RATE)) {
        Serial.println("The microphone cannot be opened.");
        while (true) delay(1000);
    }
}

void loop()
{
    const size_t end = written;
    if (end - taken > ringSize) {
        // Too slow: what was overwritten is lost.
        Serial.println("Sound was lost.");
        taken = end - ringSize;
    }
    while (taken != end) {
        const size_t from = taken % ringSize;
        size_t count = end - taken;
        if (count > ringSize - from) count = ringSize - from;
        commands_push(&spotter, ring + from, count);
        taken += count;
    }
}
