// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/Attack.h"

#include <algorithm>
#include <array>

namespace octotrail::detect {

namespace {

constexpr auto tacticTable = std::to_array<Tactic>({
    {"reconnaissance", "Reconnaissance"},
    {"resource-development", "Resource Development"},
    {"initial-access", "Initial Access"},
    {"execution", "Execution"},
    {"persistence", "Persistence"},
    {"privilege-escalation", "Privilege Escalation"},
    {"defense-evasion", "Defense Evasion"},
    {"credential-access", "Credential Access"},
    {"discovery", "Discovery"},
    {"lateral-movement", "Lateral Movement"},
    {"collection", "Collection"},
    {"command-and-control", "Command and Control"},
    {"exfiltration", "Exfiltration"},
    {"impact", "Impact"},
});

// https://attack.mitre.org/matrices/enterprise/cloud/identityprovider/ and what rules name beside it.
constexpr auto techniqueTable = std::to_array<Technique>({
    {"T1020", "Automated Exfiltration", "exfiltration"},
    {"T1021", "Remote Services", "lateral-movement"},
    {"T1021.007", "Cloud Services", "lateral-movement"},
    {"T1040", "Network Sniffing", "credential-access discovery"},
    {"T1048", "Exfiltration Over Alternative Protocol", "exfiltration"},
    {"T1056", "Input Capture", "collection credential-access"},
    {"T1056.003", "Web Portal Capture", "collection credential-access"},
    {"T1059", "Command and Scripting Interpreter", "execution"},
    {"T1059.009", "Cloud API", "execution"},
    {"T1069", "Permission Groups Discovery", "discovery"},
    {"T1069.003", "Cloud Groups", "discovery"},
    {"T1070", "Indicator Removal", "defense-evasion"},
    {"T1072", "Software Deployment Tools", "execution lateral-movement"},
    {"T1078", "Valid Accounts", "initial-access persistence privilege-escalation defense-evasion"},
    {"T1078.001", "Default Accounts", "initial-access persistence privilege-escalation defense-evasion"},
    {"T1078.002", "Domain Accounts", "initial-access persistence privilege-escalation defense-evasion"},
    {"T1078.004", "Cloud Accounts", "initial-access persistence privilege-escalation defense-evasion"},
    {"T1087", "Account Discovery", "discovery"},
    {"T1087.004", "Cloud Account", "discovery"},
    {"T1090", "Proxy", "command-and-control"},
    {"T1090.002", "External Proxy", "command-and-control"},
    {"T1090.003", "Multi-hop Proxy", "command-and-control"},
    {"T1098", "Account Manipulation", "persistence privilege-escalation"},
    {"T1098.001", "Additional Cloud Credentials", "persistence privilege-escalation"},
    {"T1098.003", "Additional Cloud Roles", "persistence privilege-escalation"},
    {"T1098.005", "Device Registration", "persistence privilege-escalation"},
    {"T1098.007", "Additional Local or Domain Groups", "persistence privilege-escalation"},
    {"T1110", "Brute Force", "credential-access"},
    {"T1110.001", "Password Guessing", "credential-access"},
    {"T1110.003", "Password Spraying", "credential-access"},
    {"T1110.004", "Credential Stuffing", "credential-access"},
    {"T1111", "Multi-Factor Authentication Interception", "credential-access"},
    {"T1114", "Email Collection", "collection"},
    {"T1133", "External Remote Services", "initial-access persistence"},
    {"T1134", "Access Token Manipulation", "defense-evasion privilege-escalation"},
    {"T1136", "Create Account", "persistence"},
    {"T1136.003", "Cloud Account", "persistence"},
    {"T1185", "Browser Session Hijacking", "collection"},
    {"T1187", "Forced Authentication", "credential-access"},
    {"T1195", "Supply Chain Compromise", "initial-access"},
    {"T1199", "Trusted Relationship", "initial-access"},
    {"T1204", "User Execution", "execution"},
    {"T1212", "Exploitation for Credential Access", "credential-access"},
    {"T1213", "Data from Information Repositories", "collection"},
    {"T1219", "Remote Access Tools", "command-and-control"},
    {"T1222", "File and Directory Permissions Modification", "defense-evasion"},
    {"T1484", "Domain or Tenant Policy Modification", "defense-evasion privilege-escalation"},
    {"T1484.001", "Group Policy Modification", "defense-evasion privilege-escalation"},
    {"T1484.002", "Trust Modification", "defense-evasion privilege-escalation"},
    {"T1485", "Data Destruction", "impact"},
    {"T1489", "Service Stop", "impact"},
    {"T1496", "Resource Hijacking", "impact"},
    {"T1496.003", "SMS Pumping", "impact"},
    {"T1498", "Network Denial of Service", "impact"},
    {"T1499", "Endpoint Denial of Service", "impact"},
    {"T1526", "Cloud Service Discovery", "discovery"},
    {"T1528", "Steal Application Access Token", "credential-access"},
    {"T1530", "Data from Cloud Storage", "collection"},
    {"T1531", "Account Access Removal", "impact"},
    {"T1538", "Cloud Service Dashboard", "discovery"},
    {"T1539", "Steal Web Session Cookie", "credential-access"},
    {"T1548", "Abuse Elevation Control Mechanism", "privilege-escalation defense-evasion"},
    {"T1548.005", "Temporary Elevated Cloud Access", "privilege-escalation defense-evasion"},
    {"T1550", "Use Alternate Authentication Material", "defense-evasion lateral-movement"},
    {"T1550.001", "Application Access Token", "defense-evasion lateral-movement"},
    {"T1550.004", "Web Session Cookie", "defense-evasion lateral-movement"},
    {"T1552", "Unsecured Credentials", "credential-access"},
    {"T1552.001", "Credentials In Files", "credential-access"},
    {"T1555", "Credentials from Password Stores", "credential-access"},
    {"T1555.005", "Password Managers", "credential-access"},
    {"T1555.006", "Cloud Secrets Management Stores", "credential-access"},
    {"T1556", "Modify Authentication Process", "credential-access defense-evasion persistence"},
    {"T1556.006", "Multi-Factor Authentication", "credential-access defense-evasion persistence"},
    {"T1556.007", "Hybrid Identity", "credential-access defense-evasion persistence"},
    {"T1556.009", "Conditional Access Policies", "credential-access defense-evasion persistence"},
    {"T1557", "Adversary-in-the-Middle", "credential-access collection"},
    {"T1562", "Impair Defenses", "defense-evasion"},
    {"T1562.001", "Disable or Modify Tools", "defense-evasion"},
    {"T1562.007", "Disable or Modify Cloud Firewall", "defense-evasion"},
    {"T1562.008", "Disable or Modify Cloud Logs", "defense-evasion"},
    {"T1566", "Phishing", "initial-access"},
    {"T1566.002", "Spearphishing Link", "initial-access"},
    {"T1567", "Exfiltration Over Web Service", "exfiltration"},
    {"T1580", "Cloud Infrastructure Discovery", "discovery"},
    {"T1586", "Compromise Accounts", "resource-development"},
    {"T1589", "Gather Victim Identity Information", "reconnaissance"},
    {"T1589.001", "Credentials", "reconnaissance"},
    {"T1589.002", "Email Addresses", "reconnaissance"},
    {"T1589.003", "Employee Names", "reconnaissance"},
    {"T1595", "Active Scanning", "reconnaissance"},
    {"T1606", "Forge Web Credentials", "credential-access"},
    {"T1606.001", "Web Cookies", "credential-access"},
    {"T1606.002", "SAML Tokens", "credential-access"},
    {"T1621", "Multi-Factor Authentication Request Generation", "credential-access"},
    {"T1648", "Serverless Execution", "execution"},
    {"T1649", "Steal or Forge Authentication Certificates", "credential-access"},
    {"T1651", "Cloud Administration Command", "execution"},
});

QString decoded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

std::span<const Technique> techniques()
{
    return techniqueTable;
}

std::span<const Tactic> tactics()
{
    return tacticTable;
}

const Technique *techniqueById(const QString &id)
{
    const std::string wanted = id.toUpper().toStdString();
    const auto found = std::ranges::lower_bound(techniqueTable, wanted, {}, &Technique::id);
    return found != techniqueTable.end() && found->id == wanted ? &*found : nullptr;
}

QString techniqueName(const QString &id)
{
    const Technique *technique = techniqueById(id);
    if (!technique) {
        return id;
    }
    const qsizetype dot = id.indexOf(u'.');
    const Technique *parent = dot > 0 ? techniqueById(id.left(dot)) : nullptr;
    return parent ? decoded(parent->name) + QStringLiteral(": ") + decoded(technique->name) : decoded(technique->name);
}

} // namespace octotrail::detect
