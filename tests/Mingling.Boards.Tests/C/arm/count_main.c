/* How many instructions the spotter takes: run it in QEMU with -icount shift=0, where an instruction lasts a nanosecond, and NS_PER_TICK says how
   many of them a tick of the processor's timer lasts. */

#include "commands.h"

#include <stdio.h>

#define BLOCK (COMMANDS_SAMPLE_RATE / 100)

static volatile uint32_t *const timer = (volatile uint32_t *)0xE000E010u; /* control, reload, value */

int main(void)
{
    static commands_spotter spotter;
    static int16_t samples[BLOCK];
    uint32_t largest_first = 0, largest = 0;
    unsigned long blocks = 0;
    double later = 0.0;
    FILE *sound = fopen("sound.raw", "rb");
    if (!sound) return 2;
    commands_init(&spotter, 0, 0);
    timer[1] = 0xFFFFFFu;
    timer[0] = 5u;
    while (fread(samples, sizeof samples[0], BLOCK, sound) == BLOCK) {
        timer[2] = 0u;
        const uint32_t before = timer[2];
        commands_push(&spotter, samples, BLOCK);
        const uint32_t ticks = (before - timer[2]) & 0xFFFFFFu;
        blocks++;
        if (blocks <= 150) {
            if (ticks > largest_first) largest_first = ticks;
            continue;
        }
        later += ticks;
        if (ticks > largest) largest = ticks;
    }
    printf("second %.0f\n", later * NS_PER_TICK * 100.0 / (double)(blocks - 150));
    printf("window %.0f\n", (double)largest * NS_PER_TICK);
    printf("first %.0f\n", (double)largest_first * NS_PER_TICK);
    return fclose(sound);
}
