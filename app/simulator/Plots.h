// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Scene.h"

#include <span>
#include <string_view>

namespace octotrail::simulator {

/// An attack as it could happen to the company on any day.
struct Plot
{
    std::string_view name;
    /// Tells it from this time on; everyone and everything in it comes from the scene's random numbers.
    void (*tell)(Scene &scene, event::Timestamp t) = nullptr;
};

namespace plots {

std::span<const Plot> againstPeople();
std::span<const Plot> againstAdministration();

/// A place where the company has nobody, on a data centre's or an anonymizer's network.
Client attacker(Scene &scene, const Browser &browser);
/// What the risk engine makes of a sign-in from there.
inline constexpr RiskView highRisk{"HIGH", "Anomalous Location, Anomalous Device", true, true, true, true};

inline constexpr Browser headlessBrowser{
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.6367.60 Safari/537.36",
    "Linux", "CHROME", "Computer"};
inline constexpr Browser linuxBrowser{
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Linux", "FIREFOX", "Computer"};

} // namespace plots

} // namespace octotrail::simulator
