/* Hears commands from an I2S microphone and logs them. Not tried on hardware. */

#include "commands.h"

#include "driver/i2s_std.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

/* Where the microphone is connected. */
#define PIN_CLOCK GPIO_NUM_4
#define PIN_WORD_SELECT GPIO_NUM_5
#define PIN_DATA GPIO_NUM_6

/* 20 ms at a time; the driver's buffers hold 480 ms, more than the longest computation takes. */
#define SAMPLES (COMMANDS_SAMPLE_RATE / 50)
#define BUFFERS 24

static const char *const tag = "commands";
static commands_spotter spotter;

static void heard(void *context, const commands_event *event)
{
    (void)context;
    ESP_LOGI(tag, "%.2f s: %s (%.2f)", event->time, commands_words[event->word], (double)event->score);
}

static i2s_chan_handle_t open_microphone(void)
{
    i2s_chan_handle_t microphone;
    i2s_chan_config_t channel = I2S_CHANNEL_DEFAULT_CONFIG(I2S_NUM_AUTO, I2S_ROLE_MASTER);
    channel.dma_desc_num = BUFFERS;
    channel.dma_frame_num = SAMPLES;
    i2s_std_config_t standard = {
        .clk_cfg = I2S_STD_CLK_DEFAULT_CONFIG(COMMANDS_SAMPLE_RATE),
        .slot_cfg = I2S_STD_PHILIPS_SLOT_DEFAULT_CONFIG(I2S_DATA_BIT_WIDTH_32BIT, I2S_SLOT_MODE_MONO),
        .gpio_cfg = {
            .mclk = I2S_GPIO_UNUSED,
            .bclk = PIN_CLOCK,
            .ws = PIN_WORD_SELECT,
            .dout = I2S_GPIO_UNUSED,
            .din = PIN_DATA,
        },
    };
    ESP_ERROR_CHECK(i2s_new_channel(&channel, NULL, &microphone));
    ESP_ERROR_CHECK(i2s_channel_init_std_mode(microphone, &standard));
    ESP_ERROR_CHECK(i2s_channel_enable(microphone));
    return microphone;
}

static void listen(void *context)
{
    static int32_t raw[SAMPLES];
    static int16_t samples[SAMPLES];
    i2s_chan_handle_t microphone = open_microphone();
    (void)context;
    commands_init(&spotter, heard, NULL);
    for (;;) {
        size_t bytes = 0;
        if (i2s_channel_read(microphone, raw, sizeof raw, &bytes, portMAX_DELAY) != ESP_OK) continue;
        const size_t count = bytes / sizeof raw[0];
        for (size_t i = 0; i < count; i++) {
            /* 24 bits in the upper part of 32; two bits louder than they come, held within 16 bits. */
            const int32_t sample = raw[i] >> 14;
            samples[i] = (int16_t)(sample > INT16_MAX ? INT16_MAX : sample < INT16_MIN ? INT16_MIN : sample);
        }
        commands_push(&spotter, samples, count);
    }
}

void app_main(void)
{
    xTaskCreatePinnedToCore(listen, "commands", 8192, NULL, 5, NULL, tskNO_AFFINITY);
}
