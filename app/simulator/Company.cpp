// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/Company.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace octotrail::simulator {

using event::Timestamp;
using std::chrono::days;
using std::chrono::minutes;

namespace {

constexpr std::array<std::string_view, 60> firstNames{"Amara", "Anders", "Aisha", "Beatriz", "Bruno", "Camille",
    "Chidi", "Clara", "Dalia", "Daniel", "Devika", "Elena", "Elias", "Emeka", "Esther", "Farid", "Fiona", "Gabriel",
    "Greta", "Hana", "Hugo", "Ines", "Ivan", "Jamal", "Jana", "Joao", "Kaito", "Karin", "Kavya", "Lars", "Leila",
    "Linh", "Lucia", "Magnus", "Maya", "Mei", "Milan", "Nadia", "Nikhil", "Noor", "Olga", "Omar", "Paula", "Pedro",
    "Priya", "Quentin", "Rafael", "Rosa", "Samir", "Saoirse", "Sofia", "Tariq", "Tessa", "Thomas", "Uma", "Viktor",
    "Wanda", "Yara", "Yusuf", "Zoe"};
constexpr std::array<std::string_view, 60> lastNames{"Abbott", "Acheampong", "Alvarez", "Bakker", "Bauer", "Bergman",
    "Bose", "Byrne", "Castillo", "Chen", "Costa", "Dang", "Delgado", "Dubois", "Eriksen", "Faber", "Farrell", "Fischer",
    "Fontaine", "Garrido", "Gupta", "Haddad", "Hansen", "Hoffmann", "Iyer", "Jansen", "Kato", "Keller", "Khan",
    "Kowalski", "Lam", "Larsen", "Lindqvist", "Lopez", "Mahmoud", "Marchetti", "Mbeki", "Mehta", "Moreau", "Nakamura",
    "Nguyen", "Novak", "Okafor", "Olsen", "Park", "Petrov", "Quinn", "Ramos", "Rossi", "Santos", "Schneider", "Sharma",
    "Silva", "Sorensen", "Tanaka", "Torres", "Varga", "Weber", "Yilmaz", "Zhang"};

struct Department
{
    std::string_view name;
    std::array<std::string_view, 3> titles;
    int weight;
};
constexpr std::array departments{
    Department{"Engineering", {"Software Engineer", "Senior Software Engineer", "Engineering Manager"}, 34},
    Department{"Sales", {"Account Executive", "Sales Engineer", "Regional Sales Manager"}, 20},
    Department{"Customer Support", {"Support Specialist", "Support Engineer", "Support Team Lead"}, 14},
    Department{"Finance", {"Accountant", "Financial Analyst", "Controller"}, 8},
    Department{"Marketing", {"Marketing Specialist", "Content Designer", "Marketing Manager"}, 8},
    Department{"People", {"Recruiter", "People Partner", "Payroll Specialist"}, 5},
    Department{"Operations", {"Supply Planner", "Logistics Analyst", "Operations Manager"}, 6},
    Department{"IT", {"Service Desk Analyst", "Systems Administrator", "Identity Engineer"}, 5},
};

struct AppTemplate
{
    std::string_view name;
    std::string_view label;
    Protocol protocol;
    std::string_view department;
};
// The two of Okta itself first: Company::dashboard() and adminConsole() rely on it.
constexpr std::array appTemplates{
    AppTemplate{"okta_enduser", "Okta Dashboard", Protocol::OpenIdConnect, {}},
    AppTemplate{"saasure", "Okta Admin Console", Protocol::OpenIdConnect, "IT"},
    AppTemplate{"larkspur_mail", "Larkspur Mail", Protocol::Saml, {}},
    AppTemplate{"larkspur_chat", "Team Chat", Protocol::OpenIdConnect, {}},
    AppTemplate{"larkspur_meet", "Video Meetings", Protocol::OpenIdConnect, {}},
    AppTemplate{"larkspur_people", "People Portal", Protocol::Saml, {}},
    AppTemplate{"larkspur_wiki", "Knowledge Base", Protocol::Saml, {}},
    AppTemplate{"larkspur_expenses", "Travel and Expenses", Protocol::Saml, {}},
    AppTemplate{"larkspur_code", "Code Hosting", Protocol::Saml, "Engineering"},
    AppTemplate{"larkspur_ci", "Build Pipeline", Protocol::OpenIdConnect, "Engineering"},
    AppTemplate{"aws_sso", "AWS IAM Identity Center", Protocol::Saml, "Engineering"},
    AppTemplate{"larkspur_errors", "Error Tracker", Protocol::OpenIdConnect, "Engineering"},
    AppTemplate{"larkspur_issues", "Issue Tracker", Protocol::Saml, "Engineering"},
    AppTemplate{"larkspur_crm", "Customer Relations", Protocol::Saml, "Sales"},
    AppTemplate{"larkspur_quotes", "Quotes", Protocol::OpenIdConnect, "Sales"},
    AppTemplate{"larkspur_tickets", "Support Tickets", Protocol::Saml, "Customer Support"},
    AppTemplate{"larkspur_phone", "Contact Centre", Protocol::OpenIdConnect, "Customer Support"},
    AppTemplate{"larkspur_ledger", "General Ledger", Protocol::Saml, "Finance"},
    AppTemplate{"larkspur_bank", "Bank Portal", Protocol::Swa, "Finance"},
    AppTemplate{"larkspur_ads", "Campaign Studio", Protocol::Swa, "Marketing"},
    AppTemplate{"larkspur_design", "Design Library", Protocol::Saml, "Marketing"},
    AppTemplate{"larkspur_payroll", "Payroll", Protocol::Saml, "People"},
    AppTemplate{"larkspur_hiring", "Hiring", Protocol::OpenIdConnect, "People"},
    AppTemplate{"larkspur_stock", "Warehouse", Protocol::Saml, "Operations"},
    AppTemplate{"larkspur_carrier", "Carrier Portal", Protocol::Swa, "Operations"},
    AppTemplate{"larkspur_endpoint", "Endpoint Management", Protocol::Saml, "IT"},
    AppTemplate{"larkspur_pager", "On-call", Protocol::OpenIdConnect, "IT"},
};

constexpr std::array macBrowsers{
    Browser{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 "
            "Safari/537.36",
        "Mac OS 10.15.7 (Catalina)", "CHROME", "Computer"},
    Browser{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
            "Safari/605.1.15",
        "Mac OS 10.15.7 (Catalina)", "SAFARI", "Computer"},
};
constexpr std::array windowsBrowsers{
    Browser{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 "
            "Safari/537.36",
        "Windows 10", "CHROME", "Computer"},
    Browser{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 "
            "Safari/537.36 Edg/139.0.0.0",
        "Windows 10", "EDGE", "Computer"},
    Browser{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0", "Windows 10", "FIREFOX",
        "Computer"},
};
constexpr std::array phoneBrowsers{
    Browser{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.5 Mobile/15E148 Safari/604.1",
        "iOS 18.5 (iPhone)", "SAFARI", "Mobile"},
    Browser{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile "
            "Safari/537.36",
        "Android 10", "CHROME_MOBILE", "Mobile"},
};

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

const Department &departmentOf(std::size_t person, Random &random)
{
    if (person == 0 || person % 40 == 3) {
        return departments.back(); // so that the smallest company has administrators
    }
    int at = random.below(100);
    for (const Department &department : departments) {
        if ((at -= department.weight) < 0) {
            return department;
        }
    }
    return departments.front();
}

/// A moment some days before today.
Timestamp before(Timestamp today, Random &random, int fromDays, int toDays)
{
    return today - days(random.between(fromDays, toDays)) - minutes(random.below(24 * 60))
        - std::chrono::milliseconds(random.below(60'000));
}

} // namespace

Company::Company(int people, std::uint64_t seed, Timestamp today)
{
    Random random(seed, 0xc0);
    m_organizationId = random.id("00o");
    m_userTypeId = random.id("oty");
    m_authorizationServerId = random.id("aus");
    m_directoryId = random.id("0oa");
    const auto policy = [&](std::string_view type, std::string_view name, std::string_view rule) {
        return Policy{random.id("rst"), type, name, random.id("rul"), rule};
    };
    m_policies = {policy("OktaSignOn", "Employees", "Two factors once a day"),
        policy("AccessPolicy", "Any two factors", "Catch-all Rule"),
        policy("Password", "Default Policy", "Default Rule"), policy("MFA_ENROLL", "Default Policy", "Default Rule")};
    makeApps(random);
    makeGroups(random);
    makePeople(people, random, today);
}

void Company::makeApps(Random &random)
{
    for (const AppTemplate &app : appTemplates) {
        App made{random.id("0oa"), app.name, app.label, app.protocol, {}, app.department};
        made.clientId = app.name == "okta_enduser" ? "okta.2b1959c8-bcc0-56eb-a589-cfcfb7422f26" : made.id;
        m_apps.push_back(std::move(made));
    }
}

void Company::makeGroups(Random &random)
{
    m_groups.push_back({random.id("00g"), "Everyone", "All users in your organization"});
    for (const Department &department : departments) {
        m_groups.push_back({random.id("00g"), std::string(department.name), "By department"});
    }
    m_groups.push_back({random.id("00g"), "VPN Users", "Remote access"});
    m_groups.push_back({random.id("00g"), "Contractors", "External staff"});
}

void Company::makePeople(int count, Random &random, Timestamp today)
{
    constexpr std::array<std::string_view, 6> roles{"Super administrator", "Organization administrator",
        "Help desk administrator", "Application administrator", "Read-only administrator", "Help desk administrator"};
    const auto places = static_cast<int>(geography::officePlaces().size());
    std::set<std::string> logins;
    for (std::size_t i = 0; i < static_cast<std::size_t>(std::max(count, 10)); ++i) {
        Person person;
        person.id = random.id("00u");
        person.firstName = random.pickFrom(firstNames);
        person.lastName = random.pickFrom(lastNames);
        std::string name = lower(person.firstName) + '.' + lower(person.lastName);
        for (int next = 2; !logins.insert(name).second; ++next) {
            name = lower(person.firstName) + '.' + lower(person.lastName) + std::to_string(next);
        }
        person.login = name + "@example.com";
        const Department &department = departmentOf(i, random);
        person.department = department.name;
        person.title = department.titles[static_cast<std::size_t>(random.chance(0.12) ? 2 : random.below(2))];
        person.manager = i < 8 ? 0 : static_cast<std::size_t>(random.below(8));
        person.office = static_cast<std::size_t>(random.below(places));
        person.home = &random.pick(geography::homeNetworks());
        person.employeeNumber = std::to_string(10'000 + i);
        person.startHour = random.between(7, 10);
        person.worksAtHome = random.chance(0.4);
        person.created = before(today, random, 30, 2000);
        person.passwordChanged = std::max(person.created, before(today, random, 1, 170));
        person.lastLogin = std::max(person.created, before(today, random, 0, 3));
        person.lastUpdated = std::max(person.passwordChanged, before(today, random, 1, 400));
        const double fate = i < 8 ? 1 : random.unit();
        person.status = fate < 0.04 ? "DEPROVISIONED"
            : fate < 0.05           ? "SUSPENDED"
            : fate < 0.06           ? "STAGED"
            : fate < 0.07           ? "PASSWORD_EXPIRED"
            : fate < 0.075          ? "LOCKED_OUT"
                                    : "ACTIVE";
        if (person.department == "IT" && person.status == "ACTIVE") {
            person.adminRole = roles[m_admins.size() % roles.size()];
            m_admins.push_back(i);
        }
        for (std::size_t app = 0; app < m_apps.size(); ++app) {
            const bool isAdminConsole = app == 1;
            const bool mine = m_apps[app].department.empty() || m_apps[app].department == person.department;
            if (isAdminConsole ? !person.adminRole.empty() : mine || random.chance(0.04)) {
                person.apps.push_back(app);
            }
        }
        m_people.push_back(std::move(person));
        makeDevices(i, random, today);
    }
}

void Company::makeDevices(std::size_t owner, Random &random, Timestamp today)
{
    Person &person = m_people[owner];
    const auto add = [&](Device device) {
        device.id = random.id("guo");
        device.serialNumber = random.text(10, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789");
        device.udid = random.uuid();
        device.deviceToken = random.hex(64);
        device.owner = owner;
        device.created = std::max(person.created, before(today, random, 5, 700));
        device.lastUpdated = std::max(device.created, before(today, random, 0, 20));
        person.devices.push_back(m_devices.size());
        m_devices.push_back(std::move(device));
    };
    Device computer;
    const std::string tag = std::to_string(random.between(1000, 9999));
    if (random.chance(0.55)) {
        computer = {{}, "LKS-MAC-" + tag, "MACOS", "15.5.0", "APPLE", "MacBook Pro", {}, {},
            &random.pickFrom(macBrowsers), {}, owner, random.chance(0.95), {}, {}};
    } else {
        computer = {{}, "LKS-WIN-" + tag, "WINDOWS", "10.0.26100.4652", "Dell Inc.", "Latitude 7450", {}, {},
            &random.pickFrom(windowsBrowsers), {}, owner, random.chance(0.95), {}, {}};
    }
    add(std::move(computer));
    if (random.chance(0.7)) {
        const bool apple = random.chance(0.6);
        add({{}, person.firstName + (apple ? "'s iPhone" : "'s Pixel"), apple ? "IOS" : "ANDROID",
            apple ? "18.5" : "15", apple ? "APPLE" : "Google", apple ? "iPhone15,2" : "Pixel 8", {}, {},
            &phoneBrowsers[apple ? 0 : 1], {}, owner, random.chance(0.3), {}, {}});
    }
}

const Group &Company::groupOf(const Person &person) const
{
    const auto found = std::ranges::find(m_groups, person.department, &Group::name);
    return found == m_groups.end() ? m_groups.front() : *found;
}

} // namespace octotrail::simulator
