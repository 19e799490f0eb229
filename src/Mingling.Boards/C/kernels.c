/* The operations of the network, one function each. A table says the sizes. */

#if BOARD_USES_PATCHES
/* The place in the input of one value of a patch, or -1 beyond the edge, where zeros lie. */
static int32_t patch_place(const sizes_t *s, int channel, int row, int column)
{
    if (row < 0 || row >= s->in_rows || column < 0 || column >= s->in_columns) return -1;
    return ((int32_t)channel * s->in_rows + row) * s->in_columns + column;
}

/* Copies what one output is made of into a row. */
#define GATHER(s, group, row, column, patch, zero, value)                                                  \
    do {                                                                                                   \
        const int channels_ = (s)->in_channels / (s)->groups;                                              \
        int at_ = 0;                                                                                       \
        for (int c_ = (group) * channels_; c_ < ((group) + 1) * channels_; c_++)                           \
            for (int i_ = 0; i_ < (s)->kernel_rows; i_++)                                                  \
                for (int j_ = 0; j_ < (s)->kernel_columns; j_++) {                                         \
                    const int32_t from = patch_place((s), c_, (row) * (s)->row_stride - (s)->row_pad + i_ * (s)->row_dilation, \
                        (column) * (s)->column_stride - (s)->column_pad + j_ * (s)->column_dilation);      \
                    (patch)[at_++] = from < 0 ? (zero) : (value);                                          \
                }                                                                                          \
    } while (0)
#endif

#if BOARD_USES_CONVOLVE || BOARD_USES_DENSE
/* Four sums, because each addition would wait for the one before. */
static float dot(int count, const float *a, const float *b)
{
    float sums[4] = { 0.0f, 0.0f, 0.0f, 0.0f };
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        sums[0] += a[i] * b[i];
        sums[1] += a[i + 1] * b[i + 1];
        sums[2] += a[i + 2] * b[i + 2];
        sums[3] += a[i + 3] * b[i + 3];
    }
    for (; i < count; i++) sums[0] += a[i] * b[i];
    return sums[0] + sums[1] + (sums[2] + sums[3]);
}
#endif

#if BOARD_USES_CONVOLVE
/* A convolution of [channels, rows, columns]: weights are [out channels, patch]. */
static void convolve(const sizes_t *s, const float *weights, const float *bias, int relu, const float *x, float *y, float *patch)
{
    const int channels = s->out_channels / s->groups, plane = s->out_rows * s->out_columns;
    const int length = s->in_channels / s->groups * s->kernel_rows * s->kernel_columns;
    for (int group = 0; group < s->groups; group++) {
        for (int place = 0; place < plane; place++) {
            const int row = place / s->out_columns, column = place % s->out_columns;
            GATHER(s, group, row, column, patch, 0.0f, x[from]);
            for (int o = group * channels; o < (group + 1) * channels; o++) {
                const float sum = bias[o] + dot(length, weights + (size_t)o * (size_t)length, patch);
                y[o * plane + place] = relu && sum < 0.0f ? 0.0f : sum;
            }
        }
    }
}
#endif

#if BOARD_USES_BYTES
/* Bytes stand for scale * (byte - zero). */
static uint8_t to_byte(float steps, int zero)
{
    const float value = rintf(steps) + (float)zero;
    return value <= 0.0f ? 0u : value >= 255.0f ? 255u : (uint8_t)value;
}
#endif

#if BOARD_USES_CONVOLVE_BYTES
/* The same in whole numbers: factors turn the sums into steps of the output. */
static void convolve_bytes(const sizes_t *s, const int8_t *weights, const int32_t *bias, const float *factors,
    int zero, int zero_out, int relu, const uint8_t *x, uint8_t *y, int16_t *patch)
{
    const int channels = s->out_channels / s->groups, plane = s->out_rows * s->out_columns;
    const int length = s->in_channels / s->groups * s->kernel_rows * s->kernel_columns;
    for (int group = 0; group < s->groups; group++) {
        for (int place = 0; place < plane; place++) {
            const int row = place / s->out_columns, column = place % s->out_columns;
            GATHER(s, group, row, column, patch, 0, (int16_t)(x[from] - zero));
            for (int o = group * channels; o < (group + 1) * channels; o++) {
                const int8_t *w = weights + (size_t)o * (size_t)length;
                int32_t sum = bias[o];
                int i = 0;
                for (; i + 4 <= length; i += 4) sum += w[i] * patch[i] + w[i + 1] * patch[i + 1] + w[i + 2] * patch[i + 2] + w[i + 3] * patch[i + 3];
                for (; i < length; i++) sum += w[i] * patch[i];
                const uint8_t value = to_byte((float)sum * factors[o], zero_out);
                y[o * plane + place] = relu && value < zero_out ? (uint8_t)zero_out : value;
            }
        }
    }
}
#endif

#if BOARD_USES_ADD_BYTES
static void add_bytes(int count, const uint8_t *a, float factor_a, int zero_a, const uint8_t *b, float factor_b, int zero_b,
    int zero_out, int relu, uint8_t *y)
{
    for (int i = 0; i < count; i++) {
        const uint8_t value = to_byte((float)(a[i] - zero_a) * factor_a + (float)(b[i] - zero_b) * factor_b, zero_out);
        y[i] = relu && value < zero_out ? (uint8_t)zero_out : value;
    }
}
#endif

#if BOARD_USES_QUANTIZE
static void quantize(int count, const float *x, float inverse_scale, int zero, uint8_t *y)
{
    for (int i = 0; i < count; i++) y[i] = to_byte(x[i] * inverse_scale, zero);
}
#endif

#if BOARD_USES_DEQUANTIZE
static void dequantize(int count, const uint8_t *x, float scale, int zero, float *y)
{
    for (int i = 0; i < count; i++) y[i] = scale * (float)(x[i] - zero);
}
#endif

#if BOARD_USES_DENSE
/* y = weights * x + bias for each row. */
static void dense(int rows, int inputs, int outputs, const float *weights, const float *bias, const float *x, float *y)
{
    for (int row = 0; row < rows; row++, x += inputs, y += outputs) {
        for (int o = 0; o < outputs; o++) y[o] = bias[o] + dot(inputs, weights + (size_t)o * (size_t)inputs, x);
    }
}
#endif

#if BOARD_USES_DENSE_BYTES
/* The same with weights in steps of a scale for each output. */
static void dense_bytes(int rows, int inputs, int outputs, const int8_t *weights, const float *scales, const float *bias, const float *x, float *y)
{
    for (int row = 0; row < rows; row++, x += inputs, y += outputs) {
        for (int o = 0; o < outputs; o++) {
            const int8_t *w = weights + (size_t)o * (size_t)inputs;
            float sum = 0.0f;
            for (int i = 0; i < inputs; i++) sum += (float)w[i] * x[i];
            y[o] = bias[o] + scales[o] * sum;
        }
    }
}
#endif

#if BOARD_USES_MAP
enum { MAP_RELU, MAP_SIGMOID, MAP_SQRT, MAP_NEG, MAP_EXP, MAP_LOG, MAP_TANH };

static void map(int kind, int count, const float *x, float *y)
{
    for (int i = 0; i < count; i++) {
        switch (kind) {
        case MAP_RELU: y[i] = x[i] > 0.0f ? x[i] : 0.0f; break;
        case MAP_SIGMOID: y[i] = 1.0f / (1.0f + expf(-x[i])); break;
        case MAP_SQRT: y[i] = sqrtf(x[i]); break;
        case MAP_NEG: y[i] = -x[i]; break;
        case MAP_EXP: y[i] = expf(x[i]); break;
        case MAP_LOG: y[i] = logf(x[i]); break;
        default: y[i] = tanhf(x[i]); break;
        }
    }
}
#endif

#if BOARD_USES_MAP_BYTES
static void relu_bytes(int count, const uint8_t *x, int zero, uint8_t *y)
{
    for (int i = 0; i < count; i++) y[i] = x[i] < zero ? (uint8_t)zero : x[i];
}
#endif

#if BOARD_USES_ZIP || BOARD_USES_MOVE || BOARD_USES_MOVE_BYTES
#define FOR_EACH(w)                                                          \
    for (int32_t i0 = 0; i0 < (w)->size[0]; i0++)                            \
        for (int32_t i1 = 0; i1 < (w)->size[1]; i1++)                        \
            for (int32_t i2 = 0; i2 < (w)->size[2]; i2++)                    \
                for (int32_t i3 = 0; i3 < (w)->size[3]; i3++)
#define PLACE(steps) (i0 * (steps)[0] + i1 * (steps)[1] + i2 * (steps)[2] + i3 * (steps)[3])
#endif

#if BOARD_USES_ZIP
enum { ZIP_ADD, ZIP_SUB, ZIP_MUL, ZIP_DIV, ZIP_MAX };

static void zip(int kind, int relu, const walk_t *walk, const float *a, const float *b, float *y)
{
    FOR_EACH(walk) {
        const float left = a[PLACE(walk->a)], right = b[PLACE(walk->b)];
        float value;
        switch (kind) {
        case ZIP_ADD: value = left + right; break;
        case ZIP_SUB: value = left - right; break;
        case ZIP_MUL: value = left * right; break;
        case ZIP_DIV: value = left / right; break;
        default: value = left > right ? left : right; break;
        }
        *y++ = relu && value < 0.0f ? 0.0f : value;
    }
}
#endif

#if BOARD_USES_MOVE
static void move(const walk_t *walk, const float *x, float *y)
{
    FOR_EACH(walk) y[PLACE(walk->b)] = x[PLACE(walk->a)];
}
#endif

#if BOARD_USES_MOVE_BYTES
static void move_bytes(const walk_t *walk, const uint8_t *x, uint8_t *y)
{
    FOR_EACH(walk) y[PLACE(walk->b)] = x[PLACE(walk->a)];
}
#endif

#if BOARD_USES_FILL
static void fill(int count, float value, float *y)
{
    for (int i = 0; i < count; i++) y[i] = value;
}
#endif

#if BOARD_USES_REDUCE
enum { REDUCE_MEAN, REDUCE_SUM, REDUCE_MAX, REDUCE_L2 };

/* A figure of the middle dimension of [outer, count, inner]. */
static void reduce(int kind, int outer, int count, int inner, const float *x, float *y)
{
    for (int o = 0; o < outer; o++) {
        for (int k = 0; k < inner; k++) {
            const float *from = x + (size_t)o * (size_t)(count * inner) + k;
            float sum = kind == REDUCE_MAX ? from[0] : 0.0f;
            for (int i = 0; i < count; i++) {
                const float value = from[(size_t)i * (size_t)inner];
                if (kind == REDUCE_MAX) sum = value > sum ? value : sum;
                else if (kind == REDUCE_L2) sum += value * value;
                else sum += value;
            }
            *y++ = kind == REDUCE_MEAN ? sum / (float)count : kind == REDUCE_L2 ? sqrtf(sum) : sum;
        }
    }
}
#endif

#if BOARD_USES_POOL
static void pool(const sizes_t *s, const float *x, float *y)
{
    for (int channel = 0; channel < s->out_channels; channel++)
        for (int row = 0; row < s->out_rows; row++)
            for (int column = 0; column < s->out_columns; column++) {
                float sum = 0.0f;
                for (int i = 0; i < s->kernel_rows; i++)
                    for (int j = 0; j < s->kernel_columns; j++)
                        sum += x[((int32_t)channel * s->in_rows + row * s->row_stride + i) * s->in_columns + column * s->column_stride + j];
                *y++ = sum / (float)(s->kernel_rows * s->kernel_columns);
            }
}
#endif

#if BOARD_USES_SOFTMAX
static void softmax(int rows, int count, const float *x, float *y)
{
    for (int row = 0; row < rows; row++, x += count, y += count) {
        float largest = x[0], sum = 0.0f;
        for (int i = 1; i < count; i++) largest = x[i] > largest ? x[i] : largest;
        for (int i = 0; i < count; i++) sum += y[i] = expf(x[i] - largest);
        for (int i = 0; i < count; i++) y[i] /= sum;
    }
}
#endif

#if BOARD_USES_NORMALIZE
/* Rows brought to mean 0 and deviation 1; scale and bias belong to rows or to the places in a row. */
static void normalize(int rows, int count, float epsilon, const float *scale, const float *bias, int by_row, const float *x, float *y)
{
    for (int row = 0; row < rows; row++, x += count, y += count) {
        float mean = 0.0f, variance = 0.0f;
        for (int i = 0; i < count; i++) mean += x[i];
        mean /= (float)count;
        for (int i = 0; i < count; i++) variance += (x[i] - mean) * (x[i] - mean);
        const float factor = 1.0f / sqrtf(variance / (float)count + epsilon);
        for (int i = 0; i < count; i++) y[i] = (x[i] - mean) * factor * scale[by_row ? row : i] + bias[by_row ? row : i];
    }
}
#endif
