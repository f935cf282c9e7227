// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "simulator/Geography.h"
#include "simulator/Random.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::simulator {

/// A browser on a machine, as the user agent tells it.
struct Browser
{
    std::string_view userAgent;
    std::string_view os;
    std::string_view name;
    std::string_view device; ///< Computer, Mobile
};

struct Device
{
    std::string id;
    std::string name;
    std::string_view platform; ///< as the Devices API names it: MACOS, WINDOWS, IOS, ANDROID
    std::string osVersion;
    std::string_view manufacturer;
    std::string_view model;
    std::string serialNumber;
    std::string udid;
    const Browser *browser = nullptr;
    std::string deviceToken; ///< what dtHash is the hash of
    std::size_t owner = 0;
    bool managed = false;
    event::Timestamp created;
    event::Timestamp lastUpdated;

    bool isPhone() const { return platform == "IOS" || platform == "ANDROID"; }
};

enum class Protocol { Saml, OpenIdConnect, Swa, Bookmark };

struct App
{
    std::string id;
    std::string_view name; ///< Okta's technical name
    std::string_view label;
    Protocol protocol = Protocol::Saml;
    std::string clientId;
    std::string_view department; ///< empty: everyone has it
};

struct Group
{
    std::string id;
    std::string name;
    std::string_view description;
};

struct Person
{
    std::string id;
    std::string firstName;
    std::string lastName;
    std::string login;
    std::string_view department;
    std::string_view title;
    std::size_t manager = 0; ///< index; the first person is everyone's
    std::size_t office = 0;
    const Network *home = nullptr;
    std::string employeeNumber;
    std::string_view status = "ACTIVE";
    std::string_view adminRole; ///< empty for most
    int startHour = 9; ///< local time
    bool worksAtHome = false;
    std::vector<std::size_t> devices; ///< a computer first, perhaps a phone
    std::vector<std::size_t> apps;
    event::Timestamp created;
    event::Timestamp passwordChanged;
    event::Timestamp lastLogin;
    event::Timestamp lastUpdated;

    std::string displayName() const { return firstName + ' ' + lastName; }
};

/// A policy with the rule that usually decides.
struct Policy
{
    std::string id;
    std::string_view type; ///< as a target's detailEntry tells it
    std::string_view name;
    std::string ruleId;
    std::string_view ruleName;
};

/// An invented company: who works there, where, on what, with which applications. Immutable, and the same for a seed
/// and a start time.
class Company
{
public:
    Company(int people, std::uint64_t seed, event::Timestamp today);

    const std::vector<Person> &people() const { return m_people; }
    const std::vector<Device> &devices() const { return m_devices; }
    const std::vector<App> &apps() const { return m_apps; }
    const std::vector<Group> &groups() const { return m_groups; }
    const std::vector<std::size_t> &admins() const { return m_admins; } ///< active ones, super administrators first
    const std::string &organizationId() const { return m_organizationId; }
    const std::string &userTypeId() const { return m_userTypeId; }
    const App &dashboard() const { return m_apps[0]; }
    const App &adminConsole() const { return m_apps[1]; }
    const Policy &sessionPolicy() const { return m_policies[0]; }
    const Policy &appPolicy() const { return m_policies[1]; }
    const Policy &passwordPolicy() const { return m_policies[2]; }
    const Policy &enrolmentPolicy() const { return m_policies[3]; }
    const std::string &authorizationServerId() const { return m_authorizationServerId; }
    const std::string &directoryId() const { return m_directoryId; } ///< of the Active Directory instance
    const Group &groupOf(const Person &person) const;
    std::string_view companyName() const { return "Larkspur Instruments"; }

private:
    void makeApps(Random &random);
    void makeGroups(Random &random);
    void makePeople(int count, Random &random, event::Timestamp today);
    void makeDevices(std::size_t owner, Random &random, event::Timestamp today);

    std::vector<Person> m_people;
    std::vector<Device> m_devices;
    std::vector<App> m_apps;
    std::vector<Group> m_groups;
    std::vector<std::size_t> m_admins;
    std::vector<Policy> m_policies;
    std::string m_authorizationServerId;
    std::string m_directoryId;
    std::string m_organizationId;
    std::string m_userTypeId;
};

} // namespace octotrail::simulator
