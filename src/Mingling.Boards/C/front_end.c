/* The front end: a window of samples becomes one frame of features. */

#if BOARD_ENERGY
static float log_energy(const float *x)
{
    float sum = 0.0f;
    for (int n = 0; n < BOARD_WINDOW; n++) sum += x[n] * x[n];
    return logf(sum > BOARD_ENERGY_FLOOR ? sum : BOARD_ENERGY_FLOOR);
}
#endif

/* Turns the point at p by the root of unity at r (cos, sin): p * (cos - i sin). */
static void turn(const float *p, const float *r, float *real, float *imaginary)
{
    *real = p[0] * r[0] + p[1] * r[1];
    *imaginary = p[1] * r[0] - p[0] * r[1];
}

#if BOARD_FFT_RADIX_2
static void join_2(float *a, float *b, float br, float bi)
{
    const float ar = a[0], ai = a[1];
    a[0] = ar + br;
    a[1] = ai + bi;
    b[0] = ar - br;
    b[1] = ai - bi;
}

static void stage_2(float *work, int spacing, const float *roots)
{
    for (int block = 0; block < BOARD_FFT_POINTS; block += 2 * spacing) {
        for (int j = 0; j < spacing; j++) {
            float *a = work + 2 * (block + j), *b = a + 2 * spacing, br = b[0], bi = b[1];
            if (j > 0) turn(b, roots + 2 * (j - 1), &br, &bi);
            join_2(a, b, br, bi);
        }
    }
}
#endif

#if BOARD_FFT_RADIX_4
static void stage_4(float *work, int spacing, const float *roots)
{
    const int step = 2 * spacing;
    for (int block = 0; block < BOARD_FFT_POINTS; block += 4 * spacing) {
        for (int j = 0; j < spacing; j++) {
            float *a = work + 2 * (block + j), *b = a + step, *c = b + step, *d = c + step;
            float br = b[0], bi = b[1], cr = c[0], ci = c[1], dr = d[0], di = d[1];
            if (j > 0) {
                const float *r = roots + 6 * (j - 1);
                turn(b, r, &br, &bi);
                turn(c, r + 2, &cr, &ci);
                turn(d, r + 4, &dr, &di);
            }
            const float ar = a[0], ai = a[1];
            const float even_sum_r = ar + cr, even_sum_i = ai + ci, even_diff_r = ar - cr, even_diff_i = ai - ci;
            const float odd_sum_r = br + dr, odd_sum_i = bi + di, odd_diff_r = br - dr, odd_diff_i = bi - di;
            a[0] = even_sum_r + odd_sum_r;
            a[1] = even_sum_i + odd_sum_i;
            b[0] = even_diff_r + odd_diff_i;
            b[1] = even_diff_i - odd_diff_r;
            c[0] = even_sum_r - odd_sum_r;
            c[1] = even_sum_i - odd_sum_i;
            d[0] = even_diff_r - odd_diff_i;
            d[1] = even_diff_i + odd_diff_r;
        }
    }
}
#endif

#if BOARD_FFT_RADIX_ODD
/* Joins an odd prime number of transforms: roots of the stage, then cos and sin of 2 pi k / radix. */
static void stage_odd(float *work, int radix, int spacing, const float *roots, const float *odd_roots)
{
    float sums[2 * BOARD_FFT_RADIX_ODD];
    const int step = 2 * spacing;
    for (int block = 0; block < BOARD_FFT_POINTS; block += radix * spacing) {
        for (int j = 0; j < spacing; j++) {
            float *first = work + 2 * (block + j);
            sums[0] = first[0];
            sums[1] = first[1];
            for (int q = 1; 2 * q < radix; q++) {
                float *a = first + q * step, *b = first + (radix - q) * step;
                float ar = a[0], ai = a[1], br = b[0], bi = b[1];
                if (j > 0) {
                    turn(a, roots + 2 * ((j - 1) * (radix - 1) + q - 1), &ar, &ai);
                    turn(b, roots + 2 * ((j - 1) * (radix - 1) + radix - q - 1), &br, &bi);
                }
                float *s = sums + 4 * q - 2;
                s[0] = ar + br;
                s[1] = ai + bi;
                s[2] = ar - br;
                s[3] = ai - bi;
            }
            float total_r = sums[0], total_i = sums[1];
            for (int k = 1; 2 * k < radix; k++) {
                float even_r = sums[0], even_i = sums[1], odd_r = 0.0f, odd_i = 0.0f;
                int root = 0;
                for (int q = 1; 2 * q < radix; q++) {
                    root = root + k >= radix ? root + k - radix : root + k;
                    const float cosine = odd_roots[2 * root], sine = odd_roots[2 * root + 1], *s = sums + 4 * q - 2;
                    even_r += cosine * s[0];
                    even_i += cosine * s[1];
                    odd_r += sine * s[2];
                    odd_i += sine * s[3];
                }
                first[k * step] = even_r + odd_i;
                first[k * step + 1] = even_i - odd_r;
                first[(radix - k) * step] = even_r - odd_i;
                first[(radix - k) * step + 1] = even_i + odd_r;
                total_r += sums[4 * k - 2];
                total_i += sums[4 * k - 1];
            }
            first[0] = total_r;
            first[1] = total_i;
        }
    }
}
#endif

#if BOARD_FFT_HALVED
/* Splits the transform of the points (even samples + i * odd samples) into that of the samples. */
static void unpack(float *work)
{
    const int h = BOARD_FFT_POINTS;
    const float real = work[0], imaginary = work[1];
    work[0] = real + imaginary;
    work[1] = 0.0f;
    work[2 * h] = real - imaginary;
    work[2 * h + 1] = 0.0f;
    for (int k = 1; 2 * k <= h; k++) {
        float *a = work + 2 * k, *b = work + 2 * (h - k);
        const float cosine = fft_unpacking[2 * k], sine = fft_unpacking[2 * k + 1];
        const float even_r = 0.5f * (a[0] + b[0]), even_i = 0.5f * (a[1] - b[1]);
        const float odd_r = 0.5f * (a[1] + b[1]), odd_i = 0.5f * (b[0] - a[0]);
        const float turned_r = cosine * odd_r + sine * odd_i, turned_i = cosine * odd_i - sine * odd_r;
        a[0] = even_r + turned_r;
        a[1] = even_i + turned_i;
        if (2 * k == h) break;
        b[0] = even_r - turned_r;
        b[1] = turned_i - even_i;
    }
}
#endif

/* TRANSFORM */
/* Steps before the transform: scale, mean, energy, pre-emphasis, taper. */
static void condition(float *x, float *energy)
{
#if BOARD_SCALE_TO_INT16
    for (int n = 0; n < BOARD_WINDOW; n++) x[n] *= 32768.0f;
#endif
#if BOARD_REMOVE_MEAN
    float sums[4] = { 0.0f, 0.0f, 0.0f, 0.0f };
    int n4 = 0;
    for (; n4 + 4 <= BOARD_WINDOW; n4 += 4)
        for (int i = 0; i < 4; i++) sums[i] += x[n4 + i];
    for (; n4 < BOARD_WINDOW; n4++) sums[0] += x[n4];
    const float mean = (sums[0] + sums[1] + (sums[2] + sums[3])) / (float)BOARD_WINDOW;
    for (int n = 0; n < BOARD_WINDOW; n++) x[n] -= mean;
#endif
#if BOARD_ENERGY == 1
    *energy = log_energy(x);
#endif
#if BOARD_PRE_EMPHASIS
    float before = x[0];
    for (int n = 0; n < BOARD_WINDOW; n++) {
        const float now = x[n];
        x[n] = now - BOARD_PRE_EMPHASIS_FACTOR * before;
        before = now;
    }
#endif
    for (int n = 0; n < BOARD_WINDOW; n++) x[n] *= taper[n];
#if BOARD_ENERGY == 2
    *energy = log_energy(x);
#endif
    (void)energy;
}

/* The frame of a window of samples, which are changed. */
static void compute_frame(float *samples, float *work, float *frame)
{
    float energy = 0.0f;
    condition(samples, &energy);
    memset(work, 0, sizeof(float) * 2u * (BOARD_FFT_POINTS + 1u));
    for (int n = 0; n < BOARD_WINDOW; n++) work[fft_slots[n]] = samples[n];
    transform(work);
    for (int k = 0; k < BOARD_FFT_BINS; k++) {
        const float power = work[2 * k] * work[2 * k] + work[2 * k + 1] * work[2 * k + 1];
#if BOARD_MAGNITUDE
        work[k] = sqrtf(power);
#else
        work[k] = power;
#endif
    }

    /* The samples are not needed any more. */
    float *mel = samples;
    const float *weights = mel_weights;
    for (int m = 0; m < BOARD_MEL_BINS; m++) {
        const float *spectrum = work + mel_first[m];
        float sum = 0.0f;
        for (int k = 0; k < mel_count[m]; k++) sum += weights[k] * spectrum[k];
        weights += mel_count[m];
#if BOARD_LOG == 1
        sum = logf(sum + BOARD_LOG_OFFSET);
#elif BOARD_LOG
        sum = logf(sum > BOARD_LOG_FLOOR ? sum : BOARD_LOG_FLOOR) * BOARD_LOG_FACTOR;
#endif
        mel[m] = sum;
    }
#if BOARD_CEPSTRA
    for (int i = 0; i < BOARD_CEPSTRA; i++) {
        const float *row = cosines + (size_t)i * BOARD_MEL_BINS;
        float sum = 0.0f;
        for (int m = 0; m < BOARD_MEL_BINS; m++) sum += row[m] * mel[m];
        work[i] = sum;
    }
#if BOARD_ENERGY
    work[0] = energy;
#endif
    for (int i = 0; i < BOARD_CEPSTRA; i++) frame[(i + BOARD_ENERGY_LAST * (BOARD_CEPSTRA - 1)) % BOARD_CEPSTRA] = work[i];
#elif BOARD_ENERGY
    for (int m = 0; m < BOARD_MEL_BINS; m++) frame[m + !BOARD_ENERGY_LAST] = mel[m];
    frame[BOARD_ENERGY_LAST * BOARD_MEL_BINS] = energy;
#else
    for (int m = 0; m < BOARD_MEL_BINS; m++) frame[m] = mel[m];
#endif
}
