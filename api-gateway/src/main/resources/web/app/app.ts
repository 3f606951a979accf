import './sluice-login';
import './sluice-libraries';
import './sluice-work';
import './sluice-tile';
import './sluice-grid';
import './sluice-viewer';
import './sluice-console';
