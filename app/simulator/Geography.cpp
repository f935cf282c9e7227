// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Geography.h"

#include <algorithm>
#include <array>

namespace octotrail::simulator::geography {

namespace {

constexpr std::array offices{
    Place{"Portland", "Oregon", "United States", "US", "97204", 45.5184, -122.6761, -8},
    Place{"Chicago", "Illinois", "United States", "US", "60606", 41.8825, -87.6441, -6},
    Place{"Boston", "Massachusetts", "United States", "US", "02110", 42.3557, -71.0511, -5},
    Place{"Dublin", "Leinster", "Ireland", "IE", "D02", 53.3382, -6.2591, 0},
    Place{"Hamburg", "Hamburg", "Germany", "DE", "20457", 53.5439, 9.9966, 1},
    Place{"Bengaluru", "Karnataka", "India", "IN", "560001", 12.9762, 77.6033, 5},
    Place{"Singapore", "", "Singapore", "SG", "049315", 1.2838, 103.8511, 8},
    Place{"Melbourne", "Victoria", "Australia", "AU", "3000", -37.8142, 144.9632, 10},
};

constexpr std::array foreign{
    Place{"Bucharest", "Bucuresti", "Romania", "RO", "030167", 44.4323, 26.1063, 2},
    Place{"Lagos", "Lagos", "Nigeria", "NG", "101001", 6.4541, 3.3947, 1},
    Place{"Sao Paulo", "Sao Paulo", "Brazil", "BR", "01000", -23.5475, -46.6361, -3},
    Place{"Riga", "Riga", "Latvia", "LV", "1001", 56.9460, 24.1059, 2},
    Place{"Ho Chi Minh City", "Ho Chi Minh", "Vietnam", "VN", "700000", 10.8230, 106.6296, 7},
    Place{"Almaty", "Almaty", "Kazakhstan", "KZ", "050000", 43.2567, 76.9286, 5},
};

constexpr std::array officeNetworks{
    Network{64496, "larkspur instruments", "larkspur instruments", "example.com", "203.0.113.1", false, {}},
    Network{64497, "larkspur instruments", "larkspur instruments", "example.com", "203.0.113.2", false, {}},
    Network{64498, "larkspur instruments", "larkspur instruments", "example.com", "203.0.113.3", false, {}},
    Network{64499, "larkspur instruments emea", "larkspur instruments emea", "example.com", "198.51.100.1", false, {}},
    Network{64500, "larkspur instruments emea", "larkspur instruments emea", "example.com", "198.51.100.2", false, {}},
    Network{64501, "larkspur instruments apac", "larkspur instruments apac", "example.com", "198.51.100.3", false, {}},
    Network{64502, "larkspur instruments apac", "larkspur instruments apac", "example.com", "198.51.100.4", false, {}},
    Network{64503, "larkspur instruments apac", "larkspur instruments apac", "example.com", "198.51.100.5", false, {}},
};
static_assert(officeNetworks.size() == offices.size());

constexpr std::array home{
    Network{65536, "bluegrass cable llc", "bluegrass cable llc", "bluegrass.example.net", "198.18", false, {}},
    Network{65537, "harbor fiber", "harbor fiber", "harborfiber.example.net", "198.18", false, {}},
    Network{65538, "northern lights telecom", "northern lights telecom", "nltele.example.net", "198.18", false, {}},
    Network{65539, "monsoon broadband", "monsoon broadband", "monsoon.example.net", "198.18", false, {}},
};

constexpr std::array mobile{
    Network{65540, "peregrine wireless", "peregrine wireless", "peregrine.example.net", "198.19", false, {}},
    Network{65541, "albatross mobile", "albatross mobile", "albatross.example.net", "198.19", false, {}},
};

constexpr std::array hosting{
    Network{64504, "copperfield hosting", "copperfield hosting ltd", "copperfield.example.org", "192.0.2", false, {}},
    Network{64505, "glasshouse vps", "glasshouse vps", "glasshouse.example.org", "192.0.2", false, {}},
    Network{64506, "nightjar networks", "nightjar vpn", "nightjar.example.org", "192.0.2", true, "NIGHTJAR_VPN"},
    Network{64507, "onion relay collective", "onion relay collective", "relay.example.org", "192.0.2", true, "TOR"},
};

} // namespace

std::span<const Place> officePlaces()
{
    return offices;
}

std::span<const Place> foreignPlaces()
{
    return foreign;
}

const Network &officeNetwork(std::size_t office)
{
    return officeNetworks[office % officeNetworks.size()];
}

std::span<const Network> homeNetworks()
{
    return home;
}

std::span<const Network> mobileNetworks()
{
    return mobile;
}

std::span<const Network> hostingNetworks()
{
    return hosting;
}

std::string address(const Network &network, std::size_t place, std::uint64_t subscriber)
{
    constexpr std::uint64_t blocksOfPlace = 32;
    constexpr std::uint64_t hosts = 254;
    std::string result(network.addressPrefix);
    const auto octets = 1 + std::count(result.begin(), result.end(), '.');
    if (octets == 2) {
        result += '.' + std::to_string((place * blocksOfPlace + subscriber / hosts % blocksOfPlace) % 256);
    }
    // An office's prefix already holds the first digit of its last octet: all of it leaves by few addresses.
    return octets == 4 ? result + std::to_string(subscriber % 4)
                       : result + '.' + std::to_string(1 + subscriber % hosts);
}

} // namespace octotrail::simulator::geography
