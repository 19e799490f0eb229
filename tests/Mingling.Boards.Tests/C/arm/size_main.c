/* The least program that hears: its size is what the spotter takes. */

#include "commands.h"

static commands_spotter spotter;
volatile int16_t microphone;
volatile int last_word;

static void heard(void *context, const commands_event *event)
{
    (void)context;
    last_word = event->word;
}

int main(void)
{
    commands_init(&spotter, heard, 0);
    for (;;) {
        const int16_t sample = microphone;
        commands_push(&spotter, &sample, 1);
    }
}
