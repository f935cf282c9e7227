// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/Random.h"

#include <span>
#include <string>
#include <string_view>

namespace octotrail::simulator {

/// A city as Okta's geographicalContext tells it.
struct Place
{
    std::string_view city;
    std::string_view state;
    std::string_view country;
    std::string_view countryCode; ///< ISO 3166-1 alpha-2, as profiles have it
    std::string_view postalCode;
    double latitude = 0;
    double longitude = 0;
    int utcOffsetHours = 0; ///< of standard time
};

/// An access provider as Okta's securityContext tells it. Numbers of autonomous systems and addresses are those
/// reserved for documentation and benchmarks (RFC 5398, 5737, 2544), so that nobody real is shown in a demo.
struct Network
{
    int asNumber = 0;
    std::string_view asOrg;
    std::string_view isp;
    std::string_view domain;
    std::string_view addressPrefix; ///< the first octets
    bool proxy = false;
    std::string_view proxyOperator; ///< of an anonymizing network
};

/// Where someone is connected from.
struct Location
{
    const Place *place = nullptr;
    const Network *network = nullptr;
    std::string ip;
    std::string_view zone; ///< Okta's name for the network zone, or empty
};

namespace geography {

std::span<const Place> officePlaces(); ///< where the company has offices
std::span<const Place> foreignPlaces(); ///< where it has nothing
const Network &officeNetwork(std::size_t office);
std::span<const Network> homeNetworks();
std::span<const Network> mobileNetworks();
std::span<const Network> hostingNetworks(); ///< data centres and anonymizers, where attackers come from

/// An address of the network that stays the same for a place and a subscriber.
std::string address(const Network &network, std::size_t place, std::uint64_t subscriber);

} // namespace geography

} // namespace octotrail::simulator
