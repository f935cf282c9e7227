// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Random.h"

namespace octotrail::simulator {

namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::string_view alphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::uint64_t mix(std::uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

} // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream)
    : m_state(mix(seed + golden) ^ mix(stream * golden + 1))
{ }

std::uint64_t Random::next()
{
    m_state += golden;
    return mix(m_state);
}

double Random::unit()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

int Random::below(int bound)
{
    return bound > 0 ? static_cast<int>(next() % static_cast<std::uint64_t>(bound)) : 0;
}

std::string Random::text(std::size_t length, std::string_view alphabet)
{
    std::string result(length, '\0');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < length; ++i) {
        if (i % 8 == 0) {
            bits = next();
        }
        result[i] = alphabet[(bits & 0xff) % alphabet.size()];
        bits >>= 8;
    }
    return result;
}

std::string Random::hex(std::size_t length)
{
    return text(length, hexDigits);
}

std::string Random::alphanumeric(std::size_t length)
{
    return text(length, alphanumerics);
}

std::string Random::id(std::string_view prefix)
{
    return std::string(prefix) + alphanumeric(20 - prefix.size());
}

std::string Random::uuid()
{
    std::string result = hex(36);
    result[8] = result[13] = result[18] = result[23] = '-';
    result[14] = '4';
    result[19] = "89ab"[below(4)];
    return result;
}

} // namespace octotrail::simulator
